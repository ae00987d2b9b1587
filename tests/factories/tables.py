"""Tables with people at them. Every name is invented."""

from datetime import date

from coalitions.models import Coalition, Group, Seat, State
from members.models import Member

JOINED = date(2026, 1, 15)


def a_member(name: str, *, table: str = "", language: str = "en", **fields) -> Member:
    """Somebody with an address like `rosa@care-forward.example`."""
    host = f"{table}.example" if table else "people.example"
    return Member.objects.create_user(
        f"{name.split()[0].lower()}@{host}", name=name, language=language, **fields
    )


def a_coalition(name: str, *, slug: str, state: str, **fields) -> Coalition:
    return Coalition.objects.create(name=name, slug=slug, state=State.objects.get(code=state), **fields)


def a_seat(coalition: Coalition, name: str, group: Group | str, *, language: str = "en", **fields) -> Seat:
    member = a_member(name, table=coalition.slug, language=language)
    return seat_of(member, coalition, group, **fields)


def seat_of(member: Member, coalition: Coalition, group: Group | str = Group.PARENT, **fields) -> Seat:
    """A seat that its person has taken, unless `arrived` says otherwise."""
    listed = {
        "listed_name": member.name,
        "listed_email": member.email,
        "listed_language": member.language,
    }
    said = {"joined": JOINED, "arrived": JOINED, **listed, **fields}
    return Seat.objects.create(coalition=coalition, member=member, group=group, **said)
