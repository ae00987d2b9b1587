"""A check-in as it is typed: one page, nothing that has to be filled in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from milestones.forms.record import NOT_HERE, STALE, SentOnce
from milestones.models import Item
from web.lines import hides_signs

from ..actions.replying import News, Seen
from ..models import How
from ..queries.replies import Mine

LAST = date(2099, 12, 31)
NO_NEWS = ("", _("No news this month"))
TOO_LONG = _("That is longer than we can keep.")


class CheckinForm(SentOnce):
    """Three fields for each step: how it stands, its new day if it moves, and a line about it."""

    # What the page showed: its question was another one the month before.
    month = forms.DateField(required=False, widget=forms.HiddenInput, error_messages=STALE)
    words = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "voice"}),
        error_messages={"max_length": TOO_LONG},
    )
    seen_item = forms.TypedChoiceField(
        label=_("Which milestone is it about?"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NOT_HERE},
    )
    seen_title = forms.CharField(
        label=_("What have we seen?"),
        max_length=160,
        required=False,
        help_text=_("For example: Vote log, steering group, September"),
    )
    seen_note = forms.CharField(
        label=_("What does it say?"),
        max_length=300,
        required=False,
        help_text=_("One line. Do not quote or name a person."),
    )

    def __init__(self, *args: Any, mine: Mine, items: Sequence[Item], today: date, **kwargs: Any) -> None:
        self.mine, self.items, self.today = mine, {item.position: item for item in items}, today
        kwargs["initial"] = _said_before(mine)
        super().__init__(*args, **kwargs)
        for step in mine.steps:
            self._add_step(step.agreement.pk, step.text)
        named = [(str(item.position), f"{item.position}. {item.name}") for item in items]
        self.fields["seen_item"].choices = [("", gettext("Pick a milestone")), *named]  # type: ignore[attr-defined]
        if not items:
            for name in ("seen_item", "seen_title", "seen_note"):
                del self.fields[name]

    def _add_step(self, pk: int, text: str) -> None:
        self.fields[f"how_{pk}"] = forms.ChoiceField(
            label=text, choices=[NO_NEWS, *How.choices], required=False, widget=forms.RadioSelect,
            error_messages={"invalid_choice": NOT_HERE},
        )  # fmt: skip
        self.fields[f"due_{pk}"] = forms.DateField(
            label=_("New day"),
            required=False,
            help_text=_("Only if it needs more time."),
            # Where a phone knows no dates this is a line to type in, and shows how.
            widget=forms.DateInput(
                attrs={"type": "date", "class": "short", "placeholder": self.today.isoformat()},
                format="%Y-%m-%d",
            ),
            validators=[MaxValueValidator(LAST)],
        )
        self.fields[f"line_{pk}"] = forms.CharField(
            label=_("One line about it"), max_length=300, required=False
        )

    @property
    def by_step(self) -> Iterator[tuple]:
        """(step, how, due, line) to draw."""
        for step in self.mine.steps:
            pk = step.agreement.pk
            yield step, self[f"how_{pk}"], self[f"due_{pk}"], self[f"line_{pk}"]

    def clean(self) -> dict[str, Any]:
        for step in self.mine.steps:
            self._check_step(step.agreement.pk)
        self._check_seen()
        if self.cleaned_data.get("month") not in (None, self.mine.checkin.month):
            self.add_error(None, _("This check-in is over. Your words are still below, to copy."))
        known = {f"how_{step.agreement.pk}" for step in self.mine.steps}
        if any(self.data.get(name) for name in self.data if name.startswith("how_") and name not in known):
            self.add_error(
                None, _("A next step has changed since you opened this page. Look again, then send it.")
            )
        if "nothing" in self.data and not self.errors and self._has_something():
            self.add_error(None, _("You wrote something below. Send it, or empty it first."))
        return self.cleaned_data

    def _check_step(self, pk: int) -> None:
        typed = self.cleaned_data
        how, due, line = (typed.get(f"{name}_{pk}") for name in ("how", "due", "line"))
        if f"due_{pk}" in self.errors or f"how_{pk}" in self.errors:
            return
        if how == How.MOVED and due is None:
            self.add_error(f"due_{pk}", _("Pick a new day."))
        elif how == How.MOVED and due < self.today:
            self.add_error(f"due_{pk}", _("Pick today or a later day."))
        elif how != How.MOVED and due:
            self.add_error(f"due_{pk}", _("Choose “Needs more time” too, or empty the day."))
        if line and not how:
            self.add_error(f"how_{pk}", _("Choose how it stands, so that your line has a place."))
        if line and hides_signs(line):
            self.add_error(f"line_{pk}", _("Write this on one line, in plain letters."))

    def _check_seen(self) -> None:
        item, title, note = (self.cleaned_data.get(f"seen_{name}") for name in ("item", "title", "note"))
        if "seen_title" not in self.fields:
            if any(self.data.get(f"seen_{name}") for name in ("title", "note")):
                self.add_error(None, _("A round is running. Add what you have seen there."))
            return
        if (note or item) and not title and "seen_title" not in self.errors:
            self.add_error("seen_title", _("Say what we have seen, or empty this part."))
        if title and item is None and "seen_item" not in self.errors:
            self.add_error("seen_item", _("Pick the milestone it is about."))

    def _has_something(self) -> bool:
        return bool(self.cleaned_data.get("words", "").strip() or self.news() or self.seen())

    def news(self) -> list[News]:
        """For the action. Valid forms only, as all below."""
        typed = self.cleaned_data
        told = (step.agreement.pk for step in self.mine.steps)
        return [
            News(pk, typed[f"how_{pk}"], typed[f"due_{pk}"], typed[f"line_{pk}"])
            for pk in told
            if typed[f"how_{pk}"]
        ]

    def seen(self) -> Seen | None:
        typed = self.cleaned_data
        if not typed.get("seen_title"):
            return None
        return Seen(self.items[typed["seen_item"]], typed["seen_title"], typed["seen_note"])


def _said_before(mine: Mine) -> dict[str, Any]:
    """What this person said earlier this month, to change."""
    said: dict[str, Any] = {"words": mine.reply.words if mine.reply else ""}
    for pk, news in mine.news.items():
        said |= {f"how_{pk}": news.how, f"due_{pk}": news.due, f"line_{pk}": news.words}
    return said


class QuestionForm(SentOnce):
    """One box for each language; a question may be in one of them only."""

    month = forms.DateField(widget=forms.HiddenInput, error_messages=STALE)

    def __init__(self, *args: Any, said: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"in_{code}"] = forms.CharField(
                label=gettext("Your question in %(language)s") % {"language": name},
                max_length=200,
                required=False,
                initial=said.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code}),
            )

    @property
    def boxes(self) -> Iterable[forms.BoundField]:
        return (self[f"in_{code}"] for code, _name in settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        for code, _name in settings.LANGUAGES:
            if hides_signs(self.cleaned_data.get(f"in_{code}", "")):
                self.add_error(f"in_{code}", _("Write this on one line, in plain letters."))
        return self.cleaned_data

    @property
    def said(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"in_{code}"] for code, _name in settings.LANGUAGES}
