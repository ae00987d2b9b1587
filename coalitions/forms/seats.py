"""What a lead may type about one seat."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..imports.emails import Wrong, only_address
from ..models import Coalition, Group, Organization, Seat
from ..roster import Row
from .people import OneLine, SentOnce

WRONG = {
    Wrong.NOT_ONE: _("Write one email address, without spaces."),
    Wrong.TOO_LONG: _("This email address is too long."),
    Wrong.LETTERS: _("This email address has letters that mail cannot carry everywhere."),
    Wrong.NOT_AN_ADDRESS: _("This is not an email address."),
}


class Address(forms.CharField):
    """One address, by the same judge as those in a list. It is as long as it likes until that judge looks."""

    widget = forms.EmailInput
    default_error_messages = {"required": _("Write their email address.")}

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""  # where nobody has to be named
        found = only_address(typed)
        if isinstance(found, Wrong):
            raise forms.ValidationError(WRONG[found])
        return found


class SeatForm(SentOnce, OneLine):
    """Name and language are how somebody is listed; once they have come, these are theirs."""

    organization = forms.CharField(label=_("Organization"), max_length=120, required=False)
    field_order = ["listed_name", "group", "title", "organization"]

    class Meta:
        model = Seat
        fields = [
            "listed_name",
            "group",
            "title",
            "votes",
            "positional_power",
            "role",
            "facilitator",
            "lead",
            "reader",
            "listed_language",
            "paid",
            "contact",
        ]
        labels = {
            "listed_name": _("Name"),
            "group": _("Group"),
            "title": _("Title"),
            "votes": _("Has a vote"),
            "positional_power": _("Holds power by position"),
            "role": _("Role"),
            "facilitator": _("Facilitator: opens the answers and records"),
            "lead": _("Lead: keeps people, rounds and settings"),
            "reader": _("Reader: reads what people outside write"),
            "listed_language": _("Language"),
            "paid": _("Paid"),
            "contact": _("How to reach them"),
        }
        help_texts = {
            "group": _("A new group counts from the next round."),
            "role": _("Only members answer a round. A new role counts from the next round."),
            "paid": _(
                "A stipend can change benefits such as child care aid. "
                "Talk it over with the person before the first payment."
            ),
            "contact": _("A phone number, or when to call. Only leads and the person see this and the pay."),
        }
        error_messages = {
            "listed_name": {"required": _("Write the name the table knows them by.")},
            "group": {"required": _("Pick a group.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organization: Organization | None = self.instance.organization
        self.initial["organization"] = organization.name if organization else ""
        self.fields["paid"].choices = [("", _("Not said")), *Seat.PAID]  # type: ignore[attr-defined]
        if self.instance.arrived:
            del self.fields["listed_name"], self.fields["listed_language"]
        else:
            self.fields["listed_name"].required = True


class AddSeatForm(SeatForm):
    email = Address(label=_("Email"), help_text=_("Their own. They sign in with it."))
    field_order = ["listed_name", "email", *SeatForm.field_order[1:]]

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        listed = Seat(coalition=coalition, listed_language=coalition.main_language)
        super().__init__(*args, instance=listed, **kwargs)
        self.fields["group"].help_text = ""
        self.fields["group"].choices = [("", _("Pick one")), *Group.choices]  # type: ignore[attr-defined]
        self.fields["role"].help_text = _("Only members answer a round.")

    def row(self) -> Row:
        said = dict(self.cleaned_data)
        said["name"], said["language"] = said.pop("listed_name"), said.pop("listed_language")
        said["power"] = said.pop("positional_power")
        del said["form"]
        return Row(line=0, **said)


class AddressForm(SentOnce):
    """The address alone: a new one gives the seat to somebody else, so it has a page of its own."""

    email = Address(label=_("Email"))
