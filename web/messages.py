"""Gathers, checks and compiles translated texts with Babel, so that no machine needs gettext."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LEFT_OUT = {".git", ".venv", "docs", "locale", "migrations", "mutants", "node_modules", "tests", "var"}
TEMPLATES = {".html", ".txt"}
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# What a translation must carry over unchanged: %(name)s, %s, {name} and the tags of HTML.
KEPT = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*\}|</?[a-z]\w*")
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def sources(root: Path) -> Iterator[Path]:
    """The Python files and templates below `root` that may hold texts, in a stable order."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        is_template = path.suffix in TEMPLATES and "templates" in parts
        if (path.suffix == ".py" or is_template) and not LEFT_OUT.intersection(parts):
            yield path


def as_python(source: str, origin: str) -> bytes:
    """A template as calls of gettext; each line starts at the margin, since Babel minds indentation."""
    lines = templatize(source, origin=origin).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def gather(root: Path) -> Catalog:
    """Every text marked for translation below `root`, with the files that use it."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        content = path.read_bytes()
        if path.suffix in TEMPLATES:
            content = as_python(content.decode(), name)
        found = extract(
            "python", BytesIO(content), CALLS, comment_tags=("Translators:",), strip_comment_tags=True
        )
        for _, message, comments, context in found:
            # A file is enough to find the place; a line would change with every edit above it.
            catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def read(path: Path, language: str) -> Catalog:
    """The translations kept at `path`; empty when there is no such file yet."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True)


def renew(translations: Catalog, texts: Catalog) -> Catalog:
    """`translations` holding exactly `texts`; a reworded text keeps its old translation, marked fuzzy."""
    translations.update(texts, keep_user_comments=True)
    translations.obsolete.clear()
    return translations


def write(translations: Catalog, path: Path) -> None:
    """Writes a .po file that changes only where a text or a translation did."""
    body = BytesIO()
    write_po(body, translations, width=100, omit_header=True, include_lineno=False)
    head = HEADER.format(language=translations.locale, plural_forms=translations.plural_forms)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head.encode() + body.getvalue().lstrip())


def compile_to(translations: Catalog, path: Path) -> None:
    """Writes the .mo file that Django reads; fuzzy translations stay out of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, translations)


def problems(translations: Catalog, texts: Catalog) -> list[str]:
    """One line for each text that is missing, untranslated, fuzzy, changed in its placeholders, or unused."""
    lines = []
    for text in filter(lambda message: message.id, texts):
        kept = translations.get(text.id, text.context)
        fault = fault_of(kept) if kept else "not gathered yet"
        if fault:
            lines.append(f"{fault}: {shown(text)}")
    for kept in filter(lambda message: message.id, translations):
        if texts.get(kept.id, kept.context) is None:
            lines.append(f"no longer used: {shown(kept)}")
    return lines


def fault_of(message: Message) -> str | None:
    """What is wrong with one translation, or None."""
    forms = as_forms(message.string)
    if not all(forms):
        return "untranslated"
    if message.fuzzy:
        return "fuzzy"
    texts = as_forms(message.id)
    allowed = set().union(*(KEPT.findall(text) for text in texts))
    # The singular may say "one" where the plural counts; the last form must carry everything.
    if any(set(KEPT.findall(form)) - allowed for form in forms):
        return "other placeholders"
    if sorted(KEPT.findall(forms[-1])) != sorted(KEPT.findall(texts[-1])):
        return "other placeholders"
    return None


def as_forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def shown(message: Message) -> str:
    places = sorted({place for place, _ in message.locations})
    return f"{as_forms(message.id)[0]!r} ({', '.join(places)})"
