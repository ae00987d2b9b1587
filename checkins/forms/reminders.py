from django import forms

from coalitions.forms import SentOnce

from ..cadence import Name


class SendNowForm(SentOnce):
    """Which reminder the page showed as the next, so that sending it twice cannot use up two."""

    slot = forms.ChoiceField(choices=[(name.value, name.value) for name in Name], widget=forms.HiddenInput)


class TurnForm(SentOnce):
    """Reminders off or on for one person: whom, and which, is in the address."""
