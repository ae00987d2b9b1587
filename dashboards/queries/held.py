"""What this site holds about one person: every room says its own, and nobody reads it but them."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from checkins.queries import held as checkins
from coalitions.queries import held as tables
from feedback.queries import held as outside
from members.models import Member
from members.queries import held as accounts
from milestones.queries import held as rounds
from outbox import queries as mail

WHAT_THIS_IS = _("All that this site holds about you. Nobody else can open this page.")
NOT_SHOWN = (
    _("Whether you took part in a round. We keep it for checks, and no page shows it to anyone."),
    _("Links and codes that let you in. We keep only a trace of them, or wipe them once the mail is sent."),
)
NOT_FOUND = (
    _("Your answers, once a round has closed. They are counts by then, and nobody can take them apart."),
    _("Words you shared. They stand there without a name, and we do not know whose they are."),
    _("A different view you added without your name. Only the code you got then leads to it."),
    _("Things you have seen that you added in a round. After the opening nothing says who added them."),
    _("What you said on a form for people outside. It has no name, and we do not know whose it is."),
    _("What others wrote about you in their own words. Ask your table to change it."),
)


@dataclass(frozen=True)
class Held:
    account: accounts.Held
    tables: tables.Held
    rounds: rounds.Held
    outside: outside.Held
    checkins: checkins.Held
    mail: mail.Held


def held(member: Member, *, now: datetime) -> Held:
    """A number of queries that does not grow with what there is."""
    return Held(
        account=accounts.held(member),
        tables=tables.held(member),
        rounds=rounds.held(member, now=now),
        outside=outside.held(member),
        checkins=checkins.held(member),
        mail=mail.held(member.email),
    )


def as_document(found: Held, *, today: date) -> dict[str, object]:
    """To take away: keys that say what they hold, days and moments as in ISO 8601, our own words in every language."""
    return {
        "what_this_is": _plain(WHAT_THIS_IS),
        "made_on": today.isoformat(),
        "what_we_hold": _plain(found),
        "what_we_keep_and_do_not_show": _plain(NOT_SHOWN),
        "what_we_cannot_find": _plain(NOT_FOUND),
    }


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Promise):
        return {code: _in(code, value) for code, _name in settings.LANGUAGES}
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def _in(language: str, words: Promise) -> str:
    with override(language):
        return str(words)
