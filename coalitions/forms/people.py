import uuid
import zoneinfo

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from outbox.channels import CHANNELS
from web.refusal import Refused

from ..imports.rows import hides_signs
from ..models import Coalition, Group, WantedSeat
from ..roster import Row


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


class StartForm(SentOnce, OneLine):
    """A new table and its first lead: whoever fills this in, unless another email is typed."""

    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Rounds close by this clock."))
    group = forms.ChoiceField(label=_("Group"), choices=Group.choices, initial=Group.ADVOCATE)
    title = forms.CharField(label=_("The lead's title"), max_length=120, required=False)
    your_name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    lead_name = forms.CharField(label=_("Their name"), max_length=120, required=False)
    lead_email = forms.CharField(label=_("Their email"), max_length=254, required=False)

    class Meta:
        model = Coalition
        fields = ["name", "state", "main_language"]
        labels = {
            "name": _("Name of the coalition"),
            "state": _("State"),
            "main_language": _("Main language in the room"),
        }

    def __init__(self, member, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["time_zone"].choices = TimeZone.choices  # type: ignore[attr-defined]
        self.fields["your_name"].initial = member.name
        self.fields["state"].empty_label = _("Pick one")  # type: ignore[attr-defined]

    def clean_lead_email(self) -> str:
        typed = self.cleaned_data["lead_email"]
        try:
            return CHANNELS["mail"].address(typed) if typed else ""
        except Refused as error:
            raise forms.ValidationError(str(error)) from None

    @property
    def told(self) -> dict:
        """For the action. Valid forms only."""
        typed = self.cleaned_data
        mine = typed["lead_email"] in ("", self.member.email)
        lead = Row(
            line=0,
            name=typed["your_name"] if mine else typed["lead_name"],
            email=self.member.email if mine else typed["lead_email"],
            group=typed["group"],
            title=typed["title"],
            lead=True,
            language=self.member.language if mine else typed["main_language"],
        )
        named = ("name", "state", "time_zone", "main_language", "form")
        return {"lead": lead, **{name: typed[name] for name in named}}
