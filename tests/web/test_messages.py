from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.core.management import CommandError, call_command
from django.test import override_settings

from web import messages

PAGE = """<main>
    {% translate "Save" %} {% translate "May" context "month" %} {% translate "50% done" %}
      {% blocktranslate trimmed count n=seats %}
        One <b>seat</b> for {{ name }}
      {% plural %}
        {{ n }} <b>seats</b> for {{ name }}
      {% endblocktranslate %}
  {% blocktranslate context "a table" %}Open{% endblocktranslate %}
  {% include "x.html" with label=_("Close") %} {{ title|default:_("Untitled") }}
  {# Translators: said to a parent #}
  {% translate "Hello" %}
</main>
"""
MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
a = _("Lead")
b = ngettext("%(n)s day", "%(n)s days", 2) % {"n": 2}
c = pgettext("role", "Reader")
def deep():
    return _(
        "A long "
        "text"
    )
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    (tmp_path / "rooms").mkdir()
    (tmp_path / "rooms" / "views.py").write_text(MODULE)
    (tmp_path / "rooms" / "migrations").mkdir()
    (tmp_path / "rooms" / "migrations" / "0001.py").write_text('_("never gathered")')
    return tmp_path


def ids(catalog):
    return {(message.context, message.id) for message in catalog if message.id}


def test_gathers_from_templates_and_python(root):
    assert ids(messages.gather(root)) == {
        (None, "Save"),
        ("month", "May"),
        (None, "50%% done"),
        (None, ("One <b>seat</b> for %(name)s", "%(n)s <b>seats</b> for %(name)s")),
        ("a table", "Open"),
        (None, "Close"),
        (None, "Untitled"),
        (None, "Hello"),
        (None, "Lead"),
        (None, ("%(n)s day", "%(n)s days")),
        ("role", "Reader"),
        (None, "A long text"),
    }


def test_keeps_the_translators_note(root):
    assert messages.gather(root).get("Hello").auto_comments == ["said to a parent"]


def translated(root, **changes):
    """The catalog of `root` with every text translated to itself, but for `changes`."""
    translations = messages.renew(messages.read(root / "none.po", "es"), messages.gather(root))
    for message in translations:
        if message.id:
            message.string = changes.get(messages.as_forms(message.id)[0], message.id)
    return translations


def test_a_renewed_file_keeps_translations_and_nothing_else(root):
    path = root / "locale" / "es" / "LC_MESSAGES" / "django.po"
    translations = translated(root, Save="Guardar", Lead="Líder")
    messages.write(translations, path)
    before = path.read_text()
    (root / "templates" / "page.html").write_text("\n\n\n" + PAGE)
    messages.write(messages.renew(messages.read(path, "es"), messages.gather(root)), path)
    assert path.read_text() == before, "moving a text to another line changes nothing"

    (root / "rooms" / "views.py").write_text('x = _("Save")')
    messages.write(messages.renew(messages.read(path, "es"), messages.gather(root)), path)
    after = path.read_text()
    assert "Guardar" in after
    assert "Líder" not in after
    assert "#~" not in after
    assert ":1" not in after


@pytest.mark.parametrize(
    ("text", "string", "fault"),
    [
        ("Save", "Guardar", None),
        ("Save", "", "untranslated"),
        ("Hi %(name)s", "Hola %(name)s", None),
        ("Hi %(name)s", "Hola %(nombre)s", "other placeholders"),
        ("Hi %(name)s", "Hola", "other placeholders"),
        ("Hi {name}", "Hola {name}", None),
        ("<b>Hi</b>", "Hola", "other placeholders"),
        (("%(n)s day", "%(n)s days"), ("un día", "%(n)s días"), None),
        (("%(n)s day", "%(n)s days"), ("%(n)s día", ""), "untranslated"),
        (("%(n)s day", "%(n)s days"), ("%(n)s día", "días"), "other placeholders"),
    ],
)
def test_fault_of(text, string, fault):
    assert messages.fault_of(Message(text, string)) == fault


def test_a_fuzzy_translation_is_a_fault():
    assert messages.fault_of(Message("Save", "Guardar", flags=["fuzzy"])) == "fuzzy"


def test_problems_name_the_text_and_its_file(root):
    texts = messages.gather(root)
    assert messages.problems(translated(root), texts) == []
    assert messages.problems(translated(root, Save=""), texts) == [
        "untranslated: 'Save' (templates/page.html)"
    ]
    only = Catalog(locale="es")
    only.add("Gone", "Ido")
    found = messages.problems(only, texts)
    assert "not gathered yet: 'Lead' (rooms/views.py)" in found
    assert "no longer used: 'Gone' ()" in found


def test_the_command_gathers_checks_and_compiles(root):
    where = {"root": root, "locale": root / "locale"}
    path = root / "locale" / "es" / "LC_MESSAGES" / "django.po"
    with override_settings(LANGUAGE_CODE="en", LANGUAGES=[("en", "English"), ("es", "Español")]):
        call_command("messages", **where)
        with pytest.raises(CommandError, match="12 texts need a translator"):
            call_command("messages", check=True, **where)
        messages.write(translated(root), path)
        call_command("messages", check=True, compile=True, **where)
    assert path.with_suffix(".mo").stat().st_size > 500


def test_our_own_sources_leave_tests_and_environments_out():
    root = Path(__file__).resolve().parents[2]
    names = {path.relative_to(root).parts[0] for path in messages.sources(root)}
    assert "web" in names
    assert not names & {"tests", ".venv", "var"}
