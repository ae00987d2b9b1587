from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from web.lines import hides_signs

from ..models import Round

# At the ends of the calendar a moment in one time zone has no day in another.
IN_REACH = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))]


class RoundForm(forms.Form):
    """When a round closes and when the table meets, in the coalition's own time."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name of the round"), max_length=80, help_text=_("For example: Fall 2026"))
    closes_on = forms.DateField(
        label=_("Last day to answer"),
        validators=IN_REACH,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Two to three weeks works well."),
    )
    closes_time = forms.TimeField(
        label=_("Until what time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    meets_on = forms.DateField(
        label=_("Day of the meeting where we open the answers"),
        validators=IN_REACH,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, zone: str, **kwargs) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if hides_signs(name):
            raise forms.ValidationError(_("Write this on one line, in plain letters."))
        return name

    @property
    def closes_at(self) -> datetime:
        at = self.cleaned_data
        return datetime.combine(at["closes_on"], at["closes_time"], tzinfo=self.zone)


def first_guess(now: datetime, zone: str, form_id) -> dict:
    """Three weeks to answer, the meeting the day after."""
    closes = (now.astimezone(ZoneInfo(zone)) + timedelta(days=20)).date()
    return {
        "closes_on": closes,
        "closes_time": "20:00",
        "meets_on": closes + timedelta(days=1),
        "form_id": form_id,
    }


def as_planned(round: Round, zone: str) -> dict:
    local = round.closes_at.astimezone(ZoneInfo(zone))
    return {
        "name": round.name,
        "closes_on": local.date(),
        "closes_time": local.time(),
        "meets_on": round.meets_on,
    }
