"""Twenty-four people and what each of them answers; every text of theirs can be told from every other."""

import secrets
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

GROUPS = {"parent": 7, "provider": 6, "advocate": 5, "agency": 4, "funder": 2}
FAMILIES = ("parent", "provider")
SHARES, KEEPS = (1, 4), (2,)
CSRF = secrets.token_hex(16)


def canary() -> str:
    return f"q{secrets.token_hex(8)}"


@dataclass
class Person:
    number: int
    group: str
    language: str = "en"
    lead: str = "no"
    session: str = ""
    texts: dict[int, str] = field(
        default_factory=lambda: {position: canary() for position in (*SHARES, *KEEPS)}
    )

    @property
    def name(self) -> str:
        return f"Person{self.number:02d} Of{self.group.title()}"

    @property
    def email(self) -> str:
        return f"person{self.number:02d}@mail.example"

    @property
    def row(self) -> str:
        return f"{self.name},{self.email},{self.group},{self.lead},{self.language}"

    def level(self, position: int) -> int:
        drawn = (self.number * 7 + position * 3) % 3
        return drawn + (1 if self.group in FAMILIES else 3)

    def words(self, position: int) -> str:
        return f"We see it here: {self.texts[position]}." if position in self.texts else ""

    def quotes(self) -> bool:
        return self.number % 2 == 0


def twenty_four() -> list[Person]:
    groups = [group for group, count in GROUPS.items() for _ in range(count)]
    people = [Person(number, group) for number, group in enumerate(groups, start=1)]
    people[0].language = "es"
    people[GROUPS["parent"] + GROUPS["provider"]].lead = "yes"
    return people


def roster(people: list[Person]) -> bytes:
    return "\n".join(("name,email,group,lead,language", *(person.row for person in people))).encode()


def answers_quickly(person: Person, address: str, round: str) -> None:
    """The same forms as in a browser, without one."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    for position in range(1, 8):
        said = {"level": person.level(position), "why": person.words(position)}
        post(connection, person, f"{round}{position}/", said)
        if position in person.texts:
            choice = {"share": "1"} if position in SHARES else {"keep": "1"}
            quoted = {"quotable": "on"} if person.quotes() else {}
            post(connection, person, f"{round}{position}/share/", {"show": "original", **choice, **quoted})
    connection.close()


def post(connection: HTTPConnection, person: Person, path: str, fields: dict) -> None:
    headers = {
        "Cookie": f"sessionid={person.session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", path, urlencode({"csrfmiddlewaretoken": CSRF, **fields}), headers)
    response = connection.getresponse()
    response.read()
    assert response.status == 303, (path, response.status)
