import uuid
import zoneinfo

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from web.lines import hides_signs

from ..models import ROOM_NAMES, Coalition, WantedSeat


class OneLine(forms.ModelForm):
    """Texts that stand in a line: no line break, no hidden sign."""

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        for name, text in list(cleaned.items()):
            if isinstance(text, str) and hides_signs(text):
                self.add_error(name, _("Write this on one line, in plain letters."))
        return self.cleaned_data


class SentOnce(forms.Form):
    """A form with a number of its own, so that sending it again changes nothing."""

    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class WantedSeatForm(OneLine):
    class Meta:
        model = WantedSeat
        fields = ["group", "who", "why"]
        labels = {"group": _("Group"), "who": _("Who is missing"), "why": _("Why we need them")}
        error_messages = {
            "group": {"required": _("Pick a group.")},
            "who": {"required": _("Say who is missing.")},
        }


class TimeZone(TextChoices):
    """The time zones of the states and territories, by the names people use."""

    EASTERN = "America/New_York", _("Eastern time")
    CENTRAL = "America/Chicago", _("Central time")
    MOUNTAIN = "America/Denver", _("Mountain time")
    ARIZONA = "America/Phoenix", _("Arizona (no daylight saving time)")
    PACIFIC = "America/Los_Angeles", _("Pacific time")
    ALASKA = "America/Anchorage", _("Alaska time")
    HAWAII = "Pacific/Honolulu", _("Hawaii time")
    ATLANTIC = "America/Puerto_Rico", _("Puerto Rico and the Virgin Islands")
    CHAMORRO = "Pacific/Guam", _("Guam and the Northern Marianas")
    SAMOA = "Pacific/Pago_Pago", _("American Samoa")


class SettingsForm(SentOnce, OneLine):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Rounds close by this clock."),
        error_messages={"invalid_choice": _("Pick a time zone from the list.")},
    )

    class Meta:
        model = Coalition
        fields = ["name", "time_zone", "main_language", "outside_contact", "backup_days"]
        labels = {
            "name": _("Name of the coalition"),
            "main_language": _("Main language in the room"),
            "outside_contact": _("Someone outside to call"),
            "backup_days": _("Days that backup copies are kept"),
        }
        help_texts = {
            "main_language": _("New people start in this one and can change it."),
            "outside_contact": _(
                "A name and a number. Members can call if they feel pushed or punished for an answer."
            ),
            "backup_days": _("Members read this number before they answer. It must be true."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        zones = list(TimeZone.choices)
        now = self.instance.time_zone
        if now not in TimeZone.values and now in zoneinfo.available_timezones():
            zones.append((now, now.replace("_", " ")))
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]


class CoalitionForm(forms.ModelForm):
    """For site admins, who type the zone: one that does not exist would break every page of the table."""

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone not in zoneinfo.available_timezones():
            raise forms.ValidationError(_("There is no such time zone. Write it like America/New_York."))
        return zone

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in ROOM_NAMES:
            raise forms.ValidationError(_("A page of this site has that address. Add the state to it."))
        return slug
