from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.answers import CANNOT_SAY, Show
from ..models.record import Kind


class AnswerForm(forms.Form):
    """Read only, never rendered: the page writes its fields by hand, which is ten times faster."""

    level = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        error_messages={
            "required": _("Pick a level, or choose “I can’t say yet”."),
            "invalid_choice": _("Pick a level, or choose “I can’t say yet”."),
        },
    )
    why = forms.CharField(
        required=False,
        max_length=2000,
        error_messages={"max_length": _("That is longer than we can keep. Use 2,000 letters or fewer.")},
    )

    def __init__(self, *args, levels, required: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(str(n), n) for n in (CANNOT_SAY, *(level.value for level in levels))]
        self.fields["level"].required = required

    @property
    def ticks(self) -> list[int] | None:
        """Evidence that was ticked; None when the page did not show any yet."""
        if "has_evidence" not in self.data:
            return None
        return [
            int(pk) for pk in self.data.getlist("evidence") if pk.isascii() and pk.isdigit() and len(pk) < 18
        ]


class ShareForm(forms.Form):
    show = forms.ChoiceField(choices=Show.choices, initial=Show.ORIGINAL)
    translation = forms.CharField(required=False, max_length=2000)
    quotable = forms.BooleanField(required=False)


class EvidenceForm(forms.Form):
    form_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What kind is it?"), choices=Kind.choices)
    title = forms.CharField(
        label=_("What have we seen?"),
        max_length=160,
        help_text=_("For example: Vote log, steering group, September"),
    )
    note = forms.CharField(
        label=_("What does it say?"),
        max_length=300,
        required=False,
        help_text=_("One line. Do not quote or name a person."),
    )
    url = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
