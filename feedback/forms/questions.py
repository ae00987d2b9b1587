"""The words of one question, in every language that the form offers, side by side."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..actions.wording import MOST_CHOICES
from ..visit import Choice, Question
from .making import OneLine, tongues

LONGEST_QUESTION, LONGEST_CHOICE = 200, 80
NEW = ""  # the code of an answer that is not there yet


class QuestionForm(OneLine):
    """`pressed` is the button: "save", or "up", "down" or "remove" with the code of an answer."""

    def __init__(
        self, data: Any = None, *, question: Question, languages: list[str], pressed: str = "save"
    ) -> None:
        super().__init__(data)
        self.question, self.tongues = question, tongues(languages)
        self.do, _colon, self.about = pressed.partition(":")
        self.choices: list[Choice] = [] if question.is_open else list(question.choices)
        if not question.is_open and len(self.choices) < MOST_CHOICES:
            self.choices.append(Choice(NEW, {}))
        for tongue in self.tongues:
            self._add("text", _("The question"), tongue, question.text, LONGEST_QUESTION)
            for number, choice in enumerate(self.choices, 1):
                what = _("Answer %(number)s") % {"number": number}
                self._add(f"answer-{choice.code}", what, tongue, choice.text, LONGEST_CHOICE)

    def _add(
        self, first: str, what: str, tongue: dict[str, str], text: Mapping[str, str], longest: int
    ) -> None:
        widget = forms.Textarea(attrs={"rows": 4}) if longest == LONGEST_QUESTION else forms.TextInput()
        widget.attrs |= {"lang": tongue["code"], "dir": tongue["dir"]}
        self.fields[f"{first}-{tongue['code']}"] = forms.CharField(
            label=f"{what}, {tongue['name']}",
            max_length=longest,
            required=False,
            initial=text.get(tongue["code"], ""),
            widget=widget,
            error_messages={"max_length": _("Write it with %(n)s letters or less.") % {"n": longest}},
        )

    def _row(self, first: str, is_new: bool = False) -> list[dict[str, Any]]:
        """The same text in each language, marked where it is still missing."""
        fields = [(tongue, self[f"{first}-{tongue['code']}"]) for tongue in self.tongues]
        return [
            {"field": field, "tongue": tongue, "missing": not is_new and not field.value()}
            for tongue, field in fields
        ]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The answers, in their order."""
        last = len(self.question.choices)
        return [
            {
                "code": choice.code,
                "number": number,
                "is_last": number == last,
                "fields": self._row(f"answer-{choice.code}", is_new=choice.code == NEW),
            }
            for number, choice in enumerate(self.choices, 1)
        ]

    @property
    def asks(self) -> list[dict[str, Any]]:
        return self._row("text")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first = self.tongues[0]["code"]
        if not self._is_written("text"):
            self.add_error(f"text-{first}", _("Write the question in one language at least."))
        for choice in self._staying:
            if choice.code != NEW and not self._is_written(f"answer-{choice.code}"):
                self.add_error(f"answer-{choice.code}-{first}", _("Write this answer, or take it off."))
        for tongue in self.tongues:
            self._refuse_twins(tongue["code"])
        return said

    @property
    def _staying(self) -> list[Choice]:
        return [each for each in self.choices if (self.do, self.about) != ("remove", each.code)]

    def _typed(self, first: str, language: str) -> str:
        """As it was sent: what is refused for another reason is not empty."""
        return str(self.data.get(f"{first}-{language}", "")).strip()

    def _is_written(self, first: str) -> bool:
        return any(self._typed(first, tongue["code"]) for tongue in self.tongues)

    def _refuse_twins(self, language: str) -> None:
        seen: set[str] = set()
        for choice in self._staying:
            words = self._typed(f"answer-{choice.code}", language).casefold()
            if words and words in seen:
                self.add_error(
                    f"answer-{choice.code}-{language}", _("Two answers say the same. Change one of them.")
                )
            seen.add(words)

    @property
    def told(self) -> dict[str, Any]:
        """For the action. Valid forms only; a new answer without words is none."""
        said = [(each.code, self._words(f"answer-{each.code}")) for each in self._staying]
        kept = [(code, words) for code, words in said if code != NEW or any(words.values())]
        at = next((at for at, (code, _words) in enumerate(kept) if code and code == self.about), None)
        if at is not None and self.do in ("up", "down"):
            kept.insert(max(0, at + (1 if self.do == "down" else -1)), kept.pop(at))
        return {"text": self._words("text"), "choices": None if self.question.is_open else kept}

    def _words(self, first: str) -> dict[str, str]:
        return {tongue["code"]: self.cleaned_data[f"{first}-{tongue['code']}"] for tongue in self.tongues}
