"""Whom a visitor of the demo may be."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .table import BY_KEY, EVALUATOR, SLUG


@dataclass(frozen=True)
class Persona:
    """`kind` is their mark if they answer, `sees` what they do and see here. No address: nobody who is signed in.
    No table: they sit at none."""

    label: object
    sees: object
    kind: str = ""
    name: str = ""
    email: str = ""
    about: str = ""
    table: str = ""


def _at_the_table(key: str, label: object, sees: object, kind: str = "") -> Persona:
    person = BY_KEY[key]
    about = ", ".join(filter(None, (person.title, person.organization)))
    return Persona(label, sees, kind, person.name, person.email, about, SLUG)


PERSONAS = {
    "lead": _at_the_table("dana", _("Coalition lead"), _(
        "Sees how many have answered and whom to remind. Runs the round, records, releases. Starts with two answers left."), "ot"),
    "facilitator": _at_the_table("sam", _("Facilitator"), _(
        "Opens the answers with everyone and records what the table agrees. Does not answer.")),
    "parent": _at_the_table("marisol", _("Parent"), _(
        "Starts with three answers left. Her pages are in Spanish; the language button is at the top right."), "pp"),
    "provider": _at_the_table("tonya", _("Child care provider"), _(
        "Has answered. Can read and change her own answers until the round closes, and then no more."), "pp"),
    "reader": _at_the_table("tasha", _("Reader, and a parent"), _(
        "One of two who read what people outside write, many at once and without names. Says what the table does with it."), "pp"),
    "director": _at_the_table("helen", _("Agency director"), _(
        "Holds power by her position. Starts with no answers. Sees what any member sees, and no more."), "ot"),
    "observer": _at_the_table("nora", _("Observer"), _(
        "Reads what the table opened and agreed. Does not answer and does not count.")),
    "evaluator": Persona(_("Evaluator"), _(
        "Sits at no table. Reads what eight invented tables released, each with the yes of a parent or provider."),
        name=EVALUATOR[1], email=EVALUATOR[0]),
    "small": Persona(_("Lead of a small table"), _(
        "Eight people in Idaho, too few to show groups. Seven rounds are behind them: see what a small table may show."),
        "ot", "Ellen Strand", "ellen@little-rivers.example", "Little Rivers Idaho", "little-rivers"),
    "visitor": Persona(_("Visitor"), _(
        "Not signed in. Sees the front page and how it works, and nothing of this table.")),
}  # fmt: skip
