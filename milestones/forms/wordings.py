"""The words of one item in every language, side by side."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.lines import hides_signs

from ..models import Change, Item
from ..queries.crosswalk import part_name
from ..wording import Content, key, texts
from .record import SentOnce

LANGUAGES = dict(settings.LANGUAGES)
LONGEST = {"name": 80, "short_name": 24, "question": 240, "construct": 400, "note": 300}
LONGEST_LINE = 300
KINDS = (
    ("both", gettext_lazy("what we do, and what changes")),
    ("process", gettext_lazy("what we do")),
    ("outcome", gettext_lazy("what changes outside: levels 4 and 5 need evidence")),
)
TYPES = (("process", gettext_lazy("what we do")), ("outcome", gettext_lazy("what changed")))
NEW = "new"  # starts the code of a line of the list that is not there yet
MOST_LINES = 4  # of the list of a coalition's own milestone


class DraftForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Name of the new wording"),
        max_length=34,
        help_text=gettext_lazy("For example: 2027.1"),
        error_messages={"required": gettext_lazy("Name the new wording.")},
    )

    def clean_label(self) -> str:
        label = self.cleaned_data["label"]
        if hides_signs(label):
            raise forms.ValidationError(_("Write this on one line, in plain letters."))
        return label


class WordsForm(forms.Form):
    """Subclasses say which parts there are. A part is a field for each language, `question-es` for one."""

    parts: tuple[str, ...] = ("name", "question")

    def __init__(self, *args: Any, content: Content, levels: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.levels = content, levels
        said = texts(content, LANGUAGES)
        self.listed = [*self.parts, *(f"anchor-{level.value}" for level in levels), *self._lines()]
        for part in self.listed:
            for language, name in LANGUAGES.items():
                self._add(part, language, name, said.get(part, {}).get(language, ""))

    def _lines(self) -> list[str]:
        """Further parts, below the levels."""
        return []

    def _add(self, part: str, language: str, name: str, text: str) -> None:
        longest = LONGEST.get(part, LONGEST_LINE)
        one_line = part in ("name", "short_name")
        widget = forms.TextInput() if one_line else forms.Textarea(attrs={"rows": 3})
        widget.attrs["lang"] = language
        self.fields[f"{part}-{language}"] = forms.CharField(
            label=f"{self.title(part)}, {name}",
            max_length=longest,
            required=False,
            initial=text,
            widget=widget,
            error_messages={"max_length": _("Write it with %(n)s letters or less.") % {"n": longest}},
        )

    def title(self, part: str) -> str:
        level = next((each for each in self.levels if part == f"anchor-{each.value}"), None)
        return str(level) if level else part_name(part)

    def _row(self, part: str) -> dict[str, Any]:
        """The same text in each language, marked where it is still missing."""
        fields = [
            {
                "field": self[f"{part}-{language}"],
                "tongue": {"code": language, "name": name, "own": name, "dir": "ltr"},
                "missing": self.reads(part) and not self[f"{part}-{language}"].value(),
            }
            for language, name in LANGUAGES.items()
        ]
        return {"part": part, "title": self.title(part), "fields": fields, "code": part.partition("-")[2]}

    def reads(self, part: str) -> bool:
        """Whether people read it, so that it is missing where it has no words."""
        return True

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        return (self._row(part) for part in self.listed)

    def clean(self) -> dict[str, Any]:
        for name, text in list(self.cleaned_data.items()):
            if isinstance(text, str):
                self.cleaned_data[name] = " ".join(text.split())  # pasted words come with lines of their own
                if hides_signs(self.cleaned_data[name]):
                    self.add_error(name, _("Write this on one line, in plain letters."))
        return self.cleaned_data

    def spoken(self, part: str, name: str) -> dict[str, str]:
        """As content keeps it under `name`, languages without words left out."""
        said = {key(name, each): self.cleaned_data.get(f"{part}-{each}", "") for each in LANGUAGES}
        return {each: text for each, text in said.items() if text or each == name}

    def told(self) -> dict[str, Any]:
        """The content with these words. Valid forms only."""
        said: dict[str, Any] = {}
        for part in self.parts:
            said |= self.spoken(part, part)
        anchors = [
            {"level": each.value, **self.spoken(f"anchor-{each.value}", "text")} for each in self.levels
        ]
        kept = {name: value for name, value in self.content.items() if not self._is_ours(name)}
        return {**kept, **said, "anchors": anchors}

    def _is_ours(self, name: str) -> bool:
        return any(name in (part, *(key(part, each) for each in LANGUAGES)) for part in self.parts)


class ListedForm(WordsForm):
    """With the list that the table marks together. `called` starts the codes of its lines; `fresh` are still empty."""

    def __init__(self, *args: Any, called: str, fresh: int, **kwargs: Any) -> None:
        self.called, self.fresh = called, [f"{NEW}{n or ''}" for n in range(fresh)]
        super().__init__(*args, **kwargs)
        for code in self._codes():
            self.fields[f"type-{code}"] = forms.ChoiceField(
                label=_("What kind of line"), choices=TYPES, required=False, initial=self._types().get(code)
            )

    def _types(self) -> Mapping[str, str]:
        return {row["code"]: row["type"] for row in self.content.get("criteria", ())}

    def _codes(self) -> list[str]:
        return [*self._types(), *self.fresh]

    def _lines(self) -> list[str]:
        return [f"criterion-{code}" for code in self._codes()]

    def title(self, part: str) -> str:
        fresh = part.removeprefix("criterion-") in self.fresh
        return _("One more line of the list") if fresh else super().title(part)

    def reads(self, part: str) -> bool:
        if part.startswith("criterion-"):
            return any(self[f"{part}-{language}"].value() for language in LANGUAGES)
        return part not in ("construct", "short_name")

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        for row in super().rows:
            line = row["part"].startswith("criterion-")
            yield {**row, "type": self[f"type-{row['code']}"]} if line else row

    def told(self) -> dict[str, Any]:
        return {**super().told(), "criteria": list(self._criteria())}

    def _criteria(self) -> Iterator[dict[str, Any]]:
        """Those that have words; one without is off the list."""
        rows = {row["code"]: row for row in self.content.get("criteria", ())}
        numbers = [int(code.rpartition(".")[2]) for code in rows if code.rpartition(".")[2].isdecimal()]
        last = max(numbers, default=0)
        for code in self._codes():
            words = self.spoken(f"criterion-{code}", "text")
            if not any(words.values()):
                continue
            if code in self.fresh:
                last += 1
            before = {
                name: value for name, value in rows.get(code, {}).items() if not name.startswith("text")
            }
            kind = self.cleaned_data.get(f"type-{code}") or "process"
            written = f"{self.called}.{last}" if code in self.fresh else code
            yield {**before, "code": written, "type": kind, **words}


class LocalForm(ListedForm, SentOnce):
    """A milestone of one coalition. One language has to be whole; the other may follow, and the list may be left out."""

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        fresh = max(0, MOST_LINES - len(content.get("criteria", ())))
        super().__init__(*args, content=content, called="L", fresh=fresh, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        needed = [part for part in self.listed if self.reads(part)]
        whole = [each for each in LANGUAGES if all(said.get(f"{part}-{each}") for part in needed)]
        if not whole and not self.errors:
            begun = max(LANGUAGES, key=lambda each: sum(bool(said.get(f"{part}-{each}")) for part in needed))
            for part in needed:
                if not said.get(f"{part}-{begun}"):
                    self.add_error(f"{part}-{begun}", _("Write this too. One language has to be whole."))
        return said

    def told(self) -> dict[str, Any]:
        return {"kind": "both", **super().told()}


class ItemForm(ListedForm):
    """An item of a draft, with how much it changed since the wording before."""

    parts = ("name", "short_name", "question", "construct")

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        self.item = item
        levels = item.version.levels
        super().__init__(*args, content=item.content, levels=levels, called=item.code, fresh=1, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What it is about"), choices=KINDS, initial=item.content.get("kind", "both")
        )
        if item.follows_id:
            self.fields["change"] = forms.ChoiceField(
                label=_("How much has it changed since the wording before?"),
                choices=Change.choices,
                required=False,
                initial=item.change,
                widget=forms.RadioSelect,
            )
            for language, name in LANGUAGES.items():
                self._add("note", language, name, item.content.get(key("note", language), ""))

    @property
    def note(self) -> dict[str, Any]:
        return self._row("note")

    @property
    def marked(self) -> str:
        return self.cleaned_data.get("change") or Change.SAME

    def told(self) -> dict[str, Any]:
        said = {**super().told(), "kind": self.cleaned_data["kind"]}
        return said | self.spoken("note", "note") if self.item.follows_id else said
