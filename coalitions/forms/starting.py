from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Coalition, Group
from ..roster import Row
from .people import OneLine, SentOnce, TimeZone
from .seats import Address


class StartForm(SentOnce, OneLine):
    """A new table and its first lead: whoever fills this in, unless another email is typed."""

    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Rounds close by this clock."))
    group = forms.ChoiceField(label=_("Group"), choices=Group.choices, initial=Group.ADVOCATE)
    title = forms.CharField(label=_("The lead's title"), max_length=120, required=False)
    your_name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    lead_name = forms.CharField(label=_("Their name"), max_length=120, required=False)
    lead_email = Address(label=_("Their email"), required=False)

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
