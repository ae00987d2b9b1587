"""What a lead types about a form. The words of its questions have a page each."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from web.lines import hides_signs

from ..queries import Made
from ..words import languages, ready_made

ONE_LINE = _("Write this on one line, in plain letters.")
BAD_DAY = _("Write the day as 2027-05-31.")
IN_REACH = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))]
NAMES = {
    "en": _("English"),
    "es": _("Spanish"),
    "zh-Hans": _("Simplified Chinese"),
    "vi": _("Vietnamese"),
    "ht": _("Haitian Creole"),
    "ar": _("Arabic"),
}


def language_name(code: str) -> str:
    return str(NAMES[code])


def tongues(codes: list[str]) -> list[dict[str, str]]:
    """Each language as a lead reads of it: in their words and in its own."""
    told = languages()
    return [
        {"code": code, "name": language_name(code), "own": told[code]["name"], "dir": told[code]["dir"]}
        for code in codes
        if code in told
    ]


def in_reading_language(text: dict[str, str]) -> str:
    return text.get((get_language() or "en").split("-")[0]) or text["en"]


class OneLine(forms.Form):
    """Texts that stand in a line: no line break, no hidden sign."""

    def clean(self) -> dict[str, Any]:
        for name, text in list(self.cleaned_data.items()):
            if isinstance(text, str) and hides_signs(text):
                self.add_error(name, ONE_LINE)
        return self.cleaned_data


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        validators=IN_REACH,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": BAD_DAY},
    )


def _languages() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Languages"),
        choices=list(NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People pick one on the first page. Our words are ready in all six."),
        error_messages={
            "required": _("Pick at least one language."),
            "invalid_choice": _("Pick only from the list."),
        },
    )


class Dated(OneLine):
    opens_on = _day(_("Opens on"), _("Empty: as soon as you publish it."))
    closes_on = _day(_("Last day to answer"), _("Empty: until you stop it."))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        opens, closes = said.get("opens_on"), said.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day is before the first. Change one of them."))
        return self.cleaned_data


class NewForm(Dated):
    form = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": _("This page was open too long. Press the button again."),
            "invalid": _("This page was open too long. Press the button again."),
        },
    )
    questions = forms.ChoiceField(
        label=_("What do you want to ask about?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pick what you want to ask about."),
            "invalid_choice": _("Pick one from the list."),
        },
    )
    name = forms.CharField(
        label=_("What the table calls it"),
        max_length=80,
        required=False,
        help_text=_("Only people at the table see it. For example: Library nights, spring 2027"),
    )
    languages = _languages()
    field_order = ["questions", "name", "languages"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sets = {each["code"]: in_reading_language(each["title"]) for each in ready_made()}
        self.fields["questions"].choices = list(self.sets.items())

    @property
    def told(self) -> dict[str, Any]:
        """For the action. Valid forms only."""
        said = dict(self.cleaned_data)
        return said | {"name": said["name"] or self.sets[said["questions"]]}


class DatesForm(Dated):
    name = forms.CharField(
        label=_("What the table calls it"),
        max_length=80,
        error_messages={"required": _("Give the form a name.")},
    )
    languages = _languages()
    reply_by = _day(_("By when do you answer?"), _("It stands on the last page. Keep it: it is a promise."))
    phone = forms.CharField(
        label=_("Phone for help"),
        max_length=40,
        required=False,
        help_text=_("Somebody who knows the form and answers. It stands under each question."),
    )
    hotline = forms.CharField(
        label=_("Your state’s line for a child in danger"),
        max_length=80,
        required=False,
        help_text=_("It stands under each question, beside 911."),
    )
    asks_role = forms.BooleanField(
        label=_("Ask last if they are a parent or a provider"),
        required=False,
        help_text=_("They can skip it. It counts at once, on a published form too."),
    )
    field_order = ["name", "opens_on", "closes_on", "reply_by", "phone", "hotline", "asks_role", "languages"]

    def __init__(self, *args: Any, made: Made, **kwargs: Any) -> None:
        said = {name: getattr(made.form, name) for name in self.field_order[:-1]}
        super().__init__(*args, initial=said | {"languages": made.wording.languages}, **kwargs)
        if made.draft is None:
            del self.fields["languages"]

    @property
    def told(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"languages": said.pop("languages", []), "said": said}
