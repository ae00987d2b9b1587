"""A form on paper, typed in by a volunteer: all questions on one page, the same rules as on a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..personal import looks_personal
from ..queries import Published
from ..visit import LONGEST, Question, Unfit, fit

TOLD = {
    "too_long": _("These words are longer than %(n)s letters. Leave out what matters least."),
    "pick_from_list": _("Pick one of the answers on the list."),
}


class PaperForm(forms.Form):
    visit = forms.CharField(required=False, widget=forms.HiddenInput)
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    warned = False  # whether words seem to say who somebody is; they are asked about once

    def __init__(self, data: Any = None, *, asked: Published, language: str) -> None:
        super().__init__(data)
        self.asked = asked.questions
        for number, question in enumerate(asked.questions, 1):
            attrs = {"lang": question.spoken_in(language), "dir": "auto"}
            if question.is_open:
                field: forms.Field = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, **attrs}))
            else:
                choices = [("", _("Nothing marked")), *((c.code, c.says(language)) for c in question.choices)]
                field = forms.ChoiceField(
                    choices=choices,
                    widget=forms.RadioSelect(attrs=attrs),
                    error_messages={"invalid_choice": TOLD["pick_from_list"]},
                    initial="",
                )
            field.label, field.required = f"{number}. {question.says(language)}", False
            self.fields[f"q-{question.code}"] = field

    @property
    def questions(self) -> list[Any]:
        return [self[f"q-{question.code}"] for question in self.asked]

    def clean(self) -> dict[str, Any]:
        for question in self.asked:
            name = f"q-{question.code}"
            if name in self.cleaned_data:
                self._fit(question, name, self.cleaned_data[name])
        return self.cleaned_data

    def _fit(self, question: Question, name: str, typed: str) -> None:
        try:
            self.cleaned_data[name] = fit(question, typed)
        except Unfit as unfit:
            self.add_error(name, TOLD[str(unfit)] % {"n": LONGEST})
            return
        if question.is_open and looks_personal(typed) and not self.cleaned_data.get("looked"):
            self.warned = True
            self.add_error(
                name, _("This may say who somebody is. Leave out names, numbers and places, then save again.")
            )

    @property
    def answers(self) -> dict[str, str]:
        said = {question.code: self.cleaned_data[f"q-{question.code}"] for question in self.asked}
        return {code: text for code, text in said.items() if text}
