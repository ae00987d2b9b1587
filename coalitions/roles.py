"""Who may do what at a table: the one table of roles. A seat can hold several."""

from collections.abc import Iterable
from enum import Enum


class Can(Enum):
    READ_TABLE = "read what the table opened and agreed"
    ANSWER = "answer a round"
    CHECK_IN = "say each month how their next steps stand"
    DISSENT = "say they see it differently"
    ADD_EVIDENCE = "add what we have seen"
    OPEN_ANSWERS = "open the answers together"
    RECORD = "record what the table agrees"
    SEE_WHO_ANSWERED = "see who has not answered, to remind them"
    RUN_ROUNDS = "start, open and close rounds"
    RELEASE = "release to evaluators"
    PUBLISH = "publish what was released, and take it back"
    PEOPLE = "keep the list of people"
    ARCHIVE = "take away all that the table keeps"
    SETTINGS = "change the coalition's settings"
    ASK_OUTSIDE = "make the forms that people outside answer"
    ENTER_PAPER = "type in a form that came on paper"
    READ_VOICES = "read what people outside wrote"
    REPLY = "say what the table does with what people outside said"


class Role(Enum):
    MEMBER = "member"
    OBSERVER = "observer"
    FACILITATOR = "facilitator"
    LEAD = "lead"
    READER = "reader"


ROLES: dict[Role, frozenset[Can]] = {
    Role.MEMBER: frozenset({Can.READ_TABLE, Can.ANSWER, Can.CHECK_IN, Can.DISSENT, Can.ADD_EVIDENCE}),
    Role.OBSERVER: frozenset({Can.READ_TABLE}),
    Role.FACILITATOR: frozenset({Can.READ_TABLE, Can.CHECK_IN, Can.OPEN_ANSWERS, Can.RECORD}),
    Role.LEAD: frozenset(
        {
            Can.READ_TABLE,
            Can.CHECK_IN,
            Can.OPEN_ANSWERS,
            Can.RECORD,
            Can.SEE_WHO_ANSWERED,
            Can.RUN_ROUNDS,
            Can.RELEASE,
            Can.PUBLISH,
            Can.PEOPLE,
            Can.ARCHIVE,
            Can.SETTINGS,
            Can.ASK_OUTSIDE,
            Can.ENTER_PAPER,
            Can.REPLY,
        }
    ),
    Role.READER: frozenset({Can.READ_VOICES, Can.ENTER_PAPER, Can.REPLY}),
}


# What a seat can do for whoever came with a link that somebody handed over. It proves nothing, so it says nothing
# under the person's name each month: the lead who made it could open it too.
BY_A_HANDED_LINK = (ROLES[Role.MEMBER] | ROLES[Role.OBSERVER]) - {Can.CHECK_IN}


def capabilities(roles: Iterable[Role]) -> frozenset[Can]:
    """All that a seat with these roles may do: the union, never more."""
    return frozenset[Can]().union(*(ROLES[role] for role in roles))
