from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from web.lines import hides_signs

from .models import Member
from .passkeys import NOT_TAKEN

MOST_LETTERS = 20_000  # a passkey and its certificate need a few thousand


class EmailForm(RequestLoginCodeForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your email")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class CodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code from your mail")
        self.fields["code"].widget.attrs.pop("placeholder", None)


class NameForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ["name"]
        labels = {"name": _("Your name")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages |= {
            "required": _("Write the name that people at your tables should see."),
            "max_length": _("This is too long. Write 120 letters at most."),
        }

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if hides_signs(name):
            raise forms.ValidationError(_("Write this on one line, in plain letters."))
        if not any(sign.isalnum() for sign in name):
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name


def _clock(label: object) -> forms.TimeField:
    wrong = _("Write a time like 21:00.")
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
        error_messages={"required": wrong, "invalid": wrong},
    )


class QuietForm(forms.ModelForm):
    """Equal times mean no quiet hours. Seconds are nothing anyone asks for."""

    quiet_from = _clock(_("No mail from"))
    quiet_until = _clock(_("Until"))

    class Meta:
        model = Member
        fields = ["quiet_from", "quiet_until"]

    def clean_quiet_from(self):
        return self.cleaned_data["quiet_from"].replace(second=0)

    def clean_quiet_until(self):
        return self.cleaned_data["quiet_until"].replace(second=0)


class NewEmailForm(forms.Form):
    """What an address must be is said by the channel that will carry mail to it."""

    email = forms.CharField(
        label=_("Your new email"),
        max_length=500,
        error_messages={
            "required": _("Write your new email."),
            "max_length": _("This email address is too long."),
        },
    )


class NewEmailCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from your mail"),
        max_length=40,
        error_messages={
            "required": _("Write the code from the mail."),
            "max_length": _("This is not the code we sent. Look at the newest mail from us."),
        },
    )


class PasskeyForm(forms.Form):
    """What the browser says after it asked a passkey; the page's script fills it in."""

    credential = forms.CharField(
        max_length=MOST_LETTERS,
        widget=forms.HiddenInput,
        error_messages={"required": NOT_TAKEN, "max_length": NOT_TAKEN},
    )


class ProofForm(forms.Form):
    """A code, from an app, a list or the mail."""

    code = forms.CharField(
        label=_("Your code"), max_length=40, error_messages={"required": _("Type the code first.")}
    )


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        error_messages={"required": _("Give it a name.")},
        help_text=_("So that you know which one it is. Only you see it."),
    )


class NewPasskeyForm(PasskeyForm, PasskeyNameForm):
    """A new passkey and what to call it; one without a name is not lost for that."""
