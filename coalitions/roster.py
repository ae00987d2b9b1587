"""A list of people: its fields, the words its cells may use, and the rows that can be seated."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .imports.guesses import choose, guess
from .imports.refusals import NotAList, Refusal, Why
from .imports.rows import Read, Reading, read_rows
from .imports.schema import Field, Kind, Schema
from .imports.tables import read as read_tables

FLAGS = ("facilitator", "lead", "reader")
LONGEST_NAME = 120

# What a cell may say, in either language: parted by "|", in small letters without accents or signs.
GROUPS = {
    "parent": "parent|parents|family|padre|madre|padres|familia|familias|madre o padre|mother|father|mom|dad|caregiver"
    "|parent or caregiver|parent caregiver|parents and families",
    "provider": "provider|providers|child care provider|child care providers|childcare provider|family child care"
    "|family child care provider|center director|proveedor|proveedora|proveedores|proveedora o proveedor"
    "|proveedor de cuidado infantil|proveedora de cuidado infantil|proveedores de cuidado infantil",
    "advocate": "advocate|advocates|advocacy|organizer|organizers|advocate or organizer|advocates and organizers"
    "|defensor|defensora|organizador|organizadora|organizacion comunitaria|organizaciones comunitarias",
    "agency": "agency|public agency|public agencies|government|state agency|agencia|agencia publica"
    "|agencias publicas|gobierno",
    "funder": "funder|funders|business|foundation|philanthropy|funder or business|funders and business|financiador"
    "|financiadora|fundacion|empresa|fundacion o empresa|fundaciones y empresas",
    "researcher": "researcher|researchers|research|university|investigador|investigadora"
    "|estudios o investigacion|estudios e investigacion|universidad",
    "other": "other|others|otro|otra|otros|otras|otras personas",
}
ROLES = {
    "member": "member|miembro",
    "observer": "observer|observador|observadora|solo observa",
    "neither": "neither|none|ninguno|ninguna|ninguno de los dos|otro papel",
}
YES_NO = {"yes": "yes|y|true|1|x|si|s|verdadero|✓|✔|☑", "no": "no|n|false|0|falso|☐"}
PAID = {
    "job": "job|paid job|part of a paid job|comes as part of a paid job|staff|salary|salaried|by employer|trabajo|empleo"
    "|parte de un trabajo pagado|viene como parte de un trabajo pagado|salario|sueldo|asalariado|asalariada",
    "stipend": "stipend|stipends|gets a stipend|honorarium|gift card|estipendio|recibe un estipendio|honorarios"
    "|tarjeta de regalo",
    "no": "no|n|none|unpaid|not paid|is not paid|volunteer|no se le paga|sin pago|no pagado|no pagada|voluntario"
    "|voluntaria|no recibe pago",
}
LANGUAGES = {"en": "en|eng|english|ingles", "es": "es|spa|esp|spanish|espanol|castellano"}

SCHEMA = Schema(
    name="roster",
    key="email",
    fields=(
        Field(
            "name",
            Kind.NAME,
            "name|nombre|full name|nombre completo",
            "participant|participant name|member name|contact name|contact|your name|name of participant|person"
            "|first and last name|nombre y apellido|nombre y apellidos|nombres y apellidos|persona|participante"
            "|nombre del participante|su nombre|name last first|last name first name|apellidos y nombre",
            needed=True,
            longest=LONGEST_NAME,
            parts=("first_name", "last_name"),
        ),
        Field(
            "email",
            Kind.EMAIL,
            "email|e mail|email address|e mail address|correo|correo electronico",
            "mail|emails|correos|direccion de correo|direccion de correo electronico|direccion electronica",
            needed=True,
        ),
        Field(
            "group",
            Kind.WORD,
            "group|grupo",
            "stakeholder group|stakeholder|stakeholder type|sector|type|member type|category|i am a|perspective"
            "|representing|representation|constituency|tipo|categoria|soy|perspectiva|representa|a quien representa",
            needed=True,
            words=GROUPS,
        ),
        Field("first_name", Kind.TEXT, "first name|first|given name|nombres|primer nombre", is_part=True),
        Field("last_name", Kind.TEXT, "last name|last|surname|family name|apellido|apellidos", is_part=True),
        Field(
            "title",
            Kind.TEXT,
            "title|titulo|job title|cargo",
            "position|position title|job|puesto|ocupacion|occupation",
        ),
        Field(
            "organization",
            Kind.TEXT,
            "organization|organizacion",
            "organisation|org|employer|company|affiliation|organization name|name of organization|program|agency name"
            "|institution|institucion|nombre de la organizacion|lugar de trabajo|afiliacion|empleador|programa",
        ),
        Field(
            "votes",
            Kind.WORD,
            "votes|vote|voting|has a vote|voting member|vota|voto|tiene voto",
            words=YES_NO,
        ),
        Field(
            "power",
            Kind.WORD,
            "power|holds power by position|positional power|poder|tiene poder",
            words=YES_NO,
        ),
        Field("role", Kind.WORD, "role|rol|papel", "at the table|role at the table|en la mesa", words=ROLES),
        Field("facilitator", Kind.WORD, "facilitator|facilitador|facilitadora|facilita", words=YES_NO),
        Field("lead", Kind.WORD, "lead|lider|dirige", words=YES_NO),
        Field("reader", Kind.WORD, "reader|lector|lectora|lee", words=YES_NO),
        Field(
            "language",
            Kind.WORD,
            "language|idioma|lengua",
            "preferred language|language preference|primary language|idioma preferido|lengua preferida|lenguaje",
            words=LANGUAGES,
        ),
        Field(
            "paid",
            Kind.WORD,
            "paid|pagado|pagada",
            "pay|payment|compensation|stipend|honorarium|paid or unpaid|how paid|pago|compensacion|estipendio"
            "|remuneracion|honorarios",
            words=PAID,
        ),
        Field(
            "contact",
            Kind.TEXT,
            "contact|contacto",
            "phone|phone number|telephone|cell|cell phone|mobile|best way to reach|how to reach them|how to reach"
            "|preferred contact|contact method|contact number|text or call|telefono|celular|numero de telefono"
            "|movil|como contactar|como comunicarse|forma de contacto|whatsapp",
        ),
        Field(
            "joined",
            Kind.DAY,
            "joined|date joined|since",
            "join date|member since|start date|started|start|fecha de ingreso|desde|miembro desde|fecha de inicio",
        ),
    ),
)
# The columns of the example, which is the plainest list we take.
COLUMNS = (
    *("name", "email", "group", "title", "organization", "votes", "power", "role"),
    *(*FLAGS, "language", "joined", "paid", "contact"),
)


@dataclass(frozen=True)
class Row:
    """One person. An empty language is the room's main language; no date is the day of the import.

    `said` holds the fields that the list speaks of: about the others it does not contradict anybody's seat.
    `others` are further addresses that the list has for them.
    """

    line: int
    name: str
    email: str
    group: str
    title: str = ""
    organization: str = ""
    votes: bool = True
    power: bool = False
    role: str = "member"
    facilitator: bool = False
    lead: bool = False
    reader: bool = False
    language: str = ""
    joined: date | None = None
    paid: str = ""
    contact: str = ""
    said: frozenset[str] = field(default=frozenset(COLUMNS), compare=False)
    others: tuple[str, ...] = field(default=(), compare=False)


def as_row(read: Read) -> Row:
    """The person on a line that has nothing wrong with it."""
    values = {
        name: value == "yes" if SCHEMA[name].words is YES_NO else value for name, value in read.values.items()
    }
    return Row(line=read.line, said=frozenset(values), others=tuple(read.unused), **values)  # type: ignore[arg-type]


def read(raw: bytes, *, today: date) -> list[Row]:
    """The rows of a file whose columns all go by names we know: for whom there is nobody to ask.

    Raises NotAList with every reason if any line is refused. `joined` may not lie after `today`.
    """
    sheet = choose(read_tables(raw), SCHEMA)
    columns = guess(sheet, SCHEMA)
    refusals = [
        Refusal(sheet.header_line, Why.COLUMN_UNKNOWN, named[:40])
        for at, (named, name) in enumerate(zip(sheet.header, columns, strict=True))
        if not name and (sheet.cells(at) or len(named) > 1)
    ]
    refusals += [Refusal(sheet.header_line, Why.COLUMN_MISSING, name) for name in SCHEMA.missing(columns, {})]
    if refusals:
        raise NotAList(refusals)
    return seatable(read_rows(sheet, Reading(columns), SCHEMA, today=today))


def seatable(lines: Iterable[Read]) -> list[Row]:
    """Every line as a row, once. Raises NotAList with every reason if any is refused."""
    lines = list(lines)
    refusals = [refusal for each in lines for refusal in each.refusals]
    if refusals:
        raise NotAList(refusals)
    return [as_row(each) for each in lines if not each.same_as]
