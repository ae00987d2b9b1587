from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.recording import MOST_BYTES, too_large


class RecordingForm(forms.Form):
    sound = forms.FileField(
        label=_("The recording"),
        error_messages={"required": _("Pick a file first."), "empty": _("This file is empty. Pick another.")},
    )

    def clean_sound(self) -> bytes:
        sound = self.cleaned_data["sound"]
        if sound.size > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return sound.read()
