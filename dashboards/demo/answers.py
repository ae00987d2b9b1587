"""What everyone answers, as marks per group: the same in every demo, whoever builds it."""

import random
from dataclasses import dataclass

from .table import PEOPLE, Person
from .words import Said
from .words_now import WORDS

# Round -> milestone -> one digit per parent, per provider, per other member; 0 is "I can't say yet".
# Who gave which is drawn below. Between them the rounds show every way the gate can decide.
MARKS = {
    1: {
        "M1": ("23233", "33233", "333333"),
        "M2": ("11222", "12223", "333333"),
        "M3": ("22222", "22222", "222223"),
        "M4": ("11122", "11222", "112233"),
        "M5": ("11223", "12233", "333334"),
        "M6": ("12233", "12233", "223334"),
        "M7": ("01112", "00112", "011222"),
    },
    2: {
        "M1": ("233334", "23334", "3334444"),
        "M2": ("122223", "22233", "2334444"),
        "M3": ("223334", "23344", "3344445"),
        "M4": ("111222", "12223", "1122333"),
        "M5": ("111222", "12222", "2333444"),
        "M6": ("223334", "22334", "2233334"),
        "M7": ("012223", "00223", "2333333"),
    },
    3: {
        "M1": ("333444", "33445", "34444455"),
        "M2": ("122233", "23333", "23334444"),
        "M3": ("333344", "33344", "33344445"),
        "M4": ("112233", "11223", "11222333"),
        "M5": ("111223", "12223", "23333444"),
        "M6": ("233334", "23334", "22333344"),
        "M7": ("001233", "00334", "34444444"),
    },
    4: {
        "M1": ("3334445", "334445", "33444444555"),
        "M2": ("1222233", "222223", "22333344445"),
        "M3": ("3344444", "333444", "33444444455"),
        "M4": ("1122223", "112223", "11222233333"),
        "M5": ("1222222", "113334", "23334444455"),
        "M6": ("2333334", "233344", "22333333344"),
        "M7": ("0000122", "000022", "00222222222"),
    },
}
BASES = ("parents", "providers", "others")


@dataclass(frozen=True)
class Answer:
    pick: int
    said: Said | None = None


def planned(number: int) -> dict[str, dict[str, Answer]]:
    """Person's key -> milestone -> answer, for everybody who answers in this round."""
    people = [person for person in PEOPLE if person.answers_in(number)]
    plan: dict[str, dict[str, Answer]] = {person.key: {} for person in people}
    for code, marks in MARKS[number].items():
        draw = random.Random(f"{number} {code}")  # noqa: S311  a table that is always the same
        for base, digits in zip(BASES, marks, strict=True):
            group = [person for person in people if person.base == base]
            picks = draw.sample([int(digit) for digit in digits], len(digits))
            said = _speakers(group, WORDS[number].get(code, {}).get(base, ()), draw)
            for person, pick in zip(group, picks, strict=True):
                plan[person.key][code] = Answer(pick, said.get(person.key))
    return plan


def _speakers(group: list[Person], words: tuple[Said, ...], draw: random.Random) -> dict[str, Said]:
    """Each thing said goes to somebody of the group who speaks that language and has not spoken."""
    speakers: dict[str, Said] = {}
    for said in words:
        free = [p for p in group if p.language == said.language and p.key not in speakers]
        speakers[draw.choice(free).key] = said
    return speakers
