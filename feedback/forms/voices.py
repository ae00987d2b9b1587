"""What readers and the table type about words from outside."""

import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from milestones.models import Item

from ..actions import Told
from ..models import Done, Voice
from ..personal import looks_personal
from ..visit import clean
from ..words import languages

OLD_PAGE = _("This page was open too long. Check what you wrote, then press the button again.")
SAID, DID = 600, 600
ABOUT_ANYTHING = _("No milestone")


def milestones(items: Iterable[Item]) -> list[tuple[str, object]]:
    return [("", ABOUT_ANYTHING), *((item.code, f"{item.position}. {item.name}") for item in items)]


class Own(forms.CharField):
    """Words of more than one line, without signs that no eye sees."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return clean(super().to_python(value))


class Line(forms.CharField):
    def to_python(self, value: object) -> str:
        return " ".join(clean(super().to_python(value)).split())


class VoiceForm(forms.Form):
    milestone = forms.ChoiceField(label=_("Milestone"), required=False)
    theme = Line(label=_("Theme"), required=False, max_length=60)
    translation = Own(
        label=_("Translation by a person"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "voice"}),
    )
    translated_into = forms.ChoiceField(
        label=_("Translated into"), choices=settings.LANGUAGES, required=False
    )

    def __init__(self, *args: Any, voice: Voice, items: Iterable[Item], **kwargs: Any) -> None:
        held = {name: getattr(voice, name) for name in ("milestone", "theme", "translation")}
        main = voice.batch.form.coalition.main_language
        held["translated_into"] = voice.translated_into or main
        super().__init__(*args, initial=held, auto_id=f"v{voice.pk}_%s", **kwargs)
        self.fields["milestone"].choices = milestones(items)
        self.fields["theme"].widget.attrs["list"] = "themes"


class HideForm(forms.Form):
    because = Line(
        label=_("Why?"),
        help_text=_("The reason stands where the words were, and stays on record. Name nobody."),
        max_length=240,
        error_messages={"required": _("Write why. The reason stays on record.")},
    )


class ReplyForm(forms.Form):
    """Side by side in the table's languages; in those that only a form speaks, if somebody can write them."""

    form_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": OLD_PAGE, "invalid": OLD_PAGE}
    )
    done = forms.ChoiceField(
        label=_("What do we answer?"),
        choices=Done.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick one of the three.")},
    )
    due = forms.DateField(
        label=_("By when?"),
        required=False,
        help_text=_("For what we are working on. People outside read this day."),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    milestone = forms.ChoiceField(label=_("Milestone"), required=False)
    public = forms.BooleanField(
        label=_("Everybody may read this"),
        required=False,
        help_text=_("On a page without sign-in, with the month and no place."),
    )
    looked = forms.BooleanField(label=_("I looked again. It names nobody."), required=False)

    def __init__(
        self, *args: Any, items: Iterable[Item], also: Iterable[str], first: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ours = [code for code, _name in settings.LANGUAGES]
        self.first = first
        self.spoken = sorted(ours, key=lambda code: code != first)
        self.more = [code for code in also if code not in ours]
        self.fields["milestone"].choices = milestones(items)
        for code in (*self.spoken, *self.more):
            name, direction = languages()[code]["name"], languages()[code]["dir"]
            attrs = {"rows": 3, "lang": code, "dir": direction}
            for what, label, most, style in (
                ("said", _("What people said"), SAID, {"class": "voice"}),
                ("did", _("What we did, do, or cannot do"), DID, {}),
            ):
                self.fields[f"{what}_{code}"] = Own(
                    label=f"{label} ({name})", required=False, max_length=most,
                    widget=forms.Textarea(attrs=attrs | style),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        said, did = self._texts("said"), self._texts("did")
        if not self.errors and not (said and did):
            missing = "did" if said else "said"
            self.add_error(f"{missing}_{self.spoken[0]}", _("Write it in one language at least."))
        if typed.get("done") == Done.WORKING and not typed.get("due") and "due" not in self.errors:
            self.add_error("due", _("Say by when. You can change the day later."))
        personal = any(map(looks_personal, [*said.values(), *did.values()]))
        self.asks_again = personal or bool(typed.get("looked"))
        if personal and not typed.get("looked") and not self.errors:
            self.add_error(
                "looked",
                _("This may name a person or a place. Look again. If it does not, tick the box and save."),
            )
        return typed

    asks_again = False

    def _texts(self, what: str) -> dict[str, str]:
        codes = (*self.spoken, *self.more)
        found = {code: self.cleaned_data.get(f"{what}_{code}", "") for code in codes}
        return {code: text for code, text in found.items() if text}

    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"said_{code}"], self[f"did_{code}"]) for code in self.spoken]

    def more_pairs(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"said_{code}"], self[f"did_{code}"]) for code in self.more]

    @cached_property
    def once(self) -> uuid.UUID:
        """The number to put on the page: the one it came with, or a new one."""
        known = self.cleaned_data.get("form_id") if self.is_bound and hasattr(self, "cleaned_data") else None
        return known or uuid.uuid4()

    def told(self, voices: Iterable[uuid.UUID] = ()) -> Told:
        typed, said, did = self.cleaned_data, self._texts("said"), self._texts("did")
        both = [code for code in (self.first, *self.spoken, *self.more) if code in did]
        return Told(
            done=typed["done"],
            said=said,
            did=did,
            language=both[0],
            due=typed["due"] if typed["done"] == Done.WORKING else None,
            milestone=typed["milestone"],
            public=typed["public"],
            voices=voices,
        )


class EvidenceForm(forms.Form):
    form_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": OLD_PAGE, "invalid": OLD_PAGE}
    )
    milestone = forms.ChoiceField(
        label=_("Which milestone does it inform?"),
        error_messages={"required": _("Pick a milestone.")},
    )

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].choices = milestones(items)
