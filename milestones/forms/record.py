"""Forms for what the table records. Each carries a number made by the server, so that sent twice it counts once."""

import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition, Group, Seat

from ..endings import called

OLD_PAGE = _("This page was open too long. Check what you wrote, then press the button again.")
STALE = {"required": OLD_PAGE, "invalid": OLD_PAGE}
NOT_HERE = _("Pick one from the list.")


def number_once() -> forms.UUIDField:
    return forms.UUIDField(widget=forms.HiddenInput, error_messages=STALE)


class SentOnce(forms.Form):
    form_id = number_once()

    @cached_property
    def once(self) -> uuid.UUID:
        """The number to put on the page: the one it came with, or a new one."""
        known = self.cleaned_data.get("form_id") if self.is_bound and hasattr(self, "cleaned_data") else None
        return known or uuid.uuid4()


class SeatChoice(forms.ModelChoiceField):
    def label_from_instance(self, seat: Seat) -> str:
        return f"{called(seat)}, {seat.title or seat.get_group_display()}"


class DissentForm(SentOnce):
    text = forms.CharField(
        label=_("How do you see it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "voice"}),
        error_messages={"required": _("Write how you see it.")},
    )
    language = forms.ChoiceField(label=_("I wrote it in"), choices=settings.LANGUAGES)
    named = forms.TypedChoiceField(
        label=_("Does your name stand with it?"),
        choices=[("yes", _("Yes, with my name")), ("no", _("No. It says “a member”"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: with your name, or without."), "invalid_choice": NOT_HERE},
    )
    let_out = forms.TypedChoiceField(
        label=_("Who may read it?"),
        choices=[
            ("no", _("Only the table. Outside it says: a view was kept at the table")),
            ("yes", _("The table, evaluators, and everyone who reads the report")),
        ],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may read it."), "invalid_choice": NOT_HERE},
    )


class TakeBackForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("You saw it once, after you added your view. It looks like abcd-efgh-jkmn."),
        max_length=40,
        error_messages={"required": _("Type your code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "short"}),
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:  # signed by the one who reads the page: nothing to prove
            del self.fields["code"]


class MineForm(forms.Form):
    mine = forms.BooleanField(
        label=_("These are my words"),
        error_messages={"required": _("Only the one who wrote them can take them back.")},
    )


class WithholdForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        help_text=_("The reason stands where the words were, and stays on record. Name nobody."),
        max_length=240,
        error_messages={"required": _("Write why. The reason stays on record.")},
    )


class ReleaseForm(SentOnce):
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput, error_messages=STALE)
    yes_by = SeatChoice(
        label=_("Who says yes for the parents and providers?"),
        help_text=_("Somebody at the table now. Read them this page first."),
        queryset=Seat.objects.none(),
        empty_label=_("Pick a person"),
        error_messages={
            "required": _("Pick the parent or provider here who says yes to releasing."),
            "invalid_choice": _("Pick the parent or provider here who says yes to releasing."),
        },
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = coalition.seats.current().select_related("member")
        self.fields["yes_by"].queryset = here.filter(group__in=families())


def families() -> Iterable[str]:
    return [group.value for group in Group if group.base != "others"]
