"""Care Forward Kentucky: a coalition that does not exist, and the people who are not real."""

from dataclasses import dataclass

SLUG = "care-forward"
NAME = "Care Forward Kentucky"
STATE = "KY"
TIME_ZONE = "America/New_York"
COHORTS = ("Demo cohort", "Second demo cohort")
OUTSIDE_CONTACT = "Reverend June Castle, 502-555-0148"


@dataclass(frozen=True)
class Person:
    """`since` and `until` are rounds: the first and the last this person sat through (0: still here).
    In the rounds of `silent` they were asked and did not answer."""

    key: str
    name: str
    group: str
    title: str
    organization: str = ""
    language: str = "en"
    since: int = 1
    until: int = 0
    silent: tuple[int, ...] = ()
    votes: bool = True
    power: bool = False
    role: str = "member"
    lead: bool = False
    facilitator: bool = False
    reader: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@{SLUG}.example"

    @property
    def base(self) -> str:
        return {"parent": "parents", "provider": "providers"}.get(self.group, "others")

    def sits_in(self, number: int) -> bool:
        return self.since <= number and (not self.until or number <= self.until)

    def answers_in(self, number: int) -> bool:
        return self.role == "member" and self.sits_in(number) and number not in self.silent


PEOPLE = (
    # Parents
    Person("tasha", "Tasha Greene", "parent", "Mom of two, Louisville", reader=True),
    Person("marisol", "Marisol Reyes", "parent", "Mamá de tres, Shelbyville", language="es"),
    Person("brandi", "Brandi Slone", "parent", "Mom, Hazard", silent=(3,)),
    Person("keisha", "Keisha Bolden", "parent", "Mom and nurse aide, Lexington", since=2),
    Person("lucia", "Lucía Ortega", "parent", "Mamá de gemelos, Bowling Green", language="es", since=2),
    Person("amina", "Amina Warsame", "parent", "Mom, works nights, Louisville", since=3),
    Person("jolene", "Jolene Pratt", "parent", "Grandmother raising two, Pikeville", since=4, votes=False),
    Person("crystal", "Crystal Amburgey", "parent", "Mom, Whitesburg", until=1),
    Person("yolanda", "Yolanda Cruz", "parent", "Mamá, Owensboro", language="es", until=2),
    Person("devon", "Devon Mills", "parent", "Dad of one, Covington", since=3, until=3),
    # Child care providers
    Person("tonya", "Tonya Combs", "provider", "Owner", "Little Acorns Family Child Care"),
    Person("elena", "Elena Vargas", "provider", "Proveedora en casa", "Casita Elena", language="es"),
    Person("ruth", "Ruth Hensley", "provider", "Center director", "Two Rivers Early Learning", since=2),
    Person("sheila", "Sheila Pace", "provider", "Lead teacher", "Hilltop School-Age Care", since=2),
    Person(
        "carmen", "Carmen Solís", "provider", "Proveedora en casa", "Los Pollitos",
        language="es", since=2, silent=(2, 3),
    ),
    Person("darnell", "Darnell Price", "provider", "Owner", "Price Family Early Learning", since=4, votes=False),
    Person("wanda", "Wanda Fugate", "provider", "Home provider", "Miss Wanda's, Hyden", until=1),
    Person("mai", "Mai Dang", "provider", "Home provider", "Sunny Porch Child Care", until=1),
    Person("patrice", "Patrice Long", "provider", "Assistant director", "Riverside Babies", until=3),
    # Advocates and organizers
    Person("dana", "Dana Whitaker", "advocate", "Coalition lead", "Care Forward Kentucky", lead=True),
    Person("miguel", "Miguel Torres", "advocate", "Organizer", "Nuestra Mesa", language="es", reader=True),
    Person("joyce", "Joyce Tackett", "advocate", "Policy lead", "Kids Count on Us", silent=(1,)),
    Person("imani", "Imani Brooks", "advocate", "Parent organizer", "West End Families", since=3),
    Person("pete", "Pete Lawson", "advocate", "Organizer", "Care Workers Together", since=4, votes=False),
    Person("bernice", "Bernice Hall", "advocate", "Director", "Mountain Mothers", until=2, silent=(2,)),
    # Public agencies
    Person("helen", "Helen Ashby", "agency", "Director", "State Office of Early Years", power=True),
    Person("raj", "Raj Patel", "agency", "Licensing chief", "State Office of Early Years", power=True, votes=False),
    Person("lorna", "Lorna Dietz", "agency", "Head Start liaison", "State Office of Early Years", since=3, votes=False),
    Person(
        "calvin", "Calvin Moss", "agency", "Preschool manager", "Department of Schools",
        since=3, silent=(3,), power=True, votes=False,
    ),
    Person("alan", "Alan Burke", "agency", "Deputy director", "Department of Families", until=2, power=True),
    # Funders and business
    Person("susan", "Susan Abell", "funder", "Program officer", "River Bend Fund", since=2, power=True),
    Person("tom", "Tom Kessler", "funder", "Plant manager", "Kessler Tool and Die", since=4, power=True, votes=False),
    # Without a seat that answers
    Person("sam", "Sam Okafor", "other", "Facilitator", role="neither", votes=False, facilitator=True),
    Person("nora", "Nora Lindgren", "other", "National partner", "Early Start Exchange", role="observer", votes=False),
)  # fmt: skip

# Asked two days ago, and not here yet.
INVITED = Person(
    "gloria",
    "Gloria Fields",
    "funder",
    "Community banker",
    "Licking Valley Bank",
    role="observer",
    votes=False,
)
BY_KEY = {person.key: person for person in PEOPLE}
EVALUATOR = ("evelyn@evaluation.example", "Evelyn Park")

WANTED = (
    (
        "provider",
        "A home-based provider from eastern Kentucky",
        "Miss Wanda closed her doors. Nobody here keeps children in a home in the mountains now.",
    ),
    (
        "parent",
        "A dad",
        "Devon's shift changed and he had to leave. We talk about fathers and none of us is one.",
    ),
)

# How many milestones these six had answered when the others had finished the fourth round.
LATE = {"marisol": 4, "carmen": 0, "dana": 5, "helen": 0, "calvin": 2, "tom": 0}
