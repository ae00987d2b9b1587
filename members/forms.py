from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

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
