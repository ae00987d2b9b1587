"""The pages of an import: the file, what its columns are, what its words mean, and the yes."""

from collections import Counter
from collections.abc import Iterator

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..imports.guesses import Sheet, nearest, unknown_words
from ..imports.schema import key_of
from ..imports.tables import MOST_BYTES
from ..roster import SCHEMA
from .people import SentOnce
from .reasons import LABELS, REASONS, Why, label, word_choices

MOST_WORDS = 40  # more in one column is a column of something else
LEAVE_OUT = "-"


class RosterForm(SentOnce):
    roster = forms.FileField(
        label=_("Your list"),
        allow_empty_file=True,  # what is wrong with an empty one is said like any other reason
        error_messages={
            "required": _("Pick the file first."),
            "max_length": _("The file's name is too long."),
        },
        help_text=_("An Excel file (.xlsx) or a CSV file, up to 5 MB and 10,000 people."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )

    def clean_roster(self) -> UploadedFile:
        roster = self.cleaned_data["roster"]
        if roster.size > MOST_BYTES:  # its content is gone by now: it was never held
            raise forms.ValidationError(REASONS[Why.TOO_BIG])
        return roster


class ColumnsForm(forms.Form):
    """One choice for each column of the sheet, and a group for everyone if no column says it."""

    everyone = forms.ChoiceField(
        label=_("Everyone in this list is"), help_text=_("Only if no column says the group."), required=False
    )

    def __init__(self, sheet: Sheet, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        choices = [("", _("Leave this column out")), *((name, LABELS[name]) for name in SCHEMA.names)]
        for at, named in enumerate(sheet.header):
            self.fields[f"column_{at}"] = forms.ChoiceField(label=named, choices=choices, required=False)
        self.fields["everyone"].choices = [("", _("A column says it")), *word_choices("group")]

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data.get(f"column_{at}", "") for at in range(len(self.sheet.header))]

    @property
    def filled(self) -> dict[str, str]:
        return {"group": self.cleaned_data["everyone"]} if self.cleaned_data["everyone"] else {}

    def rows(self) -> Iterator[tuple[forms.BoundField, list[str]]]:
        """Each column's choice with the first things that it holds."""
        for at in range(len(self.sheet.header)):
            samples = list(dict.fromkeys(self.sheet.cells(at)))[:3]
            yield self[f"column_{at}"], [_("a formula") if each.startswith("=") else each for each in samples]

    def clean(self) -> dict:
        columns, first = self.columns, {}
        for at, name in enumerate(columns):
            if name and first.setdefault(name, at) != at:
                said = _("“%(label)s” is taken by another column. Each can be used once.")
                self.add_error(f"column_{at}", forms.ValidationError(said, params={"label": label(name)}))
        for name in SCHEMA.missing(columns, {"group": self.cleaned_data.get("everyone", "")}):
            said = _("Which column is “%(label)s”? Every person needs one.")
            error = forms.ValidationError(said, params={"label": label(name)})
            self.add_error("everyone" if name == "group" else None, error)
        for name, words in unknown_words(self.sheet, SCHEMA, columns).items():
            if len(words) > MOST_WORDS:
                said = _("This column holds %(n)s different words. It does not look like “%(label)s”.")
                params = {"n": len(words), "label": label(name)}
                self.add_error(f"column_{columns.index(name)}", forms.ValidationError(said, params=params))
        return self.cleaned_data


class WordsForm(forms.Form):
    """What each word means that we do not know, asked once for all the lines that hold it."""

    def __init__(self, unknown: dict[str, Counter[str]], told: dict, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[tuple[str, str, str, int]] = []
        for name, words in unknown.items():
            for word, times in words.most_common():
                key = f"word_{len(self.asked)}"
                self.asked.append((key, name, word, times))
                start = told.get(name, {}).get(key_of(word)) or nearest(SCHEMA[name], word)
                self.fields[key] = self._choice(name, word, start)

    @staticmethod
    def _choice(name: str, word: str, start: str) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=word,
            initial=start,
            choices=[("", _("Pick one")), *word_choices(name), (LEAVE_OUT, _("Leave these lines out"))],
            error_messages={"required": _("Say what this word means.")},
        )

    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, str]]]]:
        """For each field its name and the choices, each with how many lines hold the word."""
        found: dict[str, list[tuple[forms.BoundField, str]]] = {}
        for key, name, _word, times in self.asked:
            lines = ngettext("%(n)s line", "%(n)s lines", times) % {"n": times}
            found.setdefault(label(name), []).append((self[key], lines))
        return list(found.items())

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """By field: ours for each of theirs. A word that is left out stands for nothing."""
        found: dict[str, dict[str, str]] = {}
        for key, name, word, _times in self.asked:
            picked = self.cleaned_data[key]
            found.setdefault(name, {})[key_of(word)] = "" if picked == LEAVE_OUT else picked
        return found


class ConfirmForm(forms.Form):
    """`seen` is the dry run that the person looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    leave_out = forms.BooleanField(label=_("Lines with something wrong"), required=False)
