import re
from urllib.parse import urlparse

import pytest
from django.template import engines

from .house import ROOT, drawings, short, templates

# Who may do something is decided in the view; a template is handed what may be shown. Being signed in is no role.
PERMISSION = re.compile(
    r"{[{%][^}]*(\bperms\b|\bcan_\w+\(|\.can\b|\.can_|has_perm|user\.(is_(?!authenticated)|has_))"
)
# The strict content policy refuses these, so a page that relies on one is broken.
INLINE = re.compile(r"<style\b|<script\b(?![^>]*\bsrc=)|<[^>]*\sstyle=|<[^>]*\son\w+\s*=|javascript:", re.I)
ADDRESS = re.compile(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+", re.I)
# Names and links that no page loads anything from.
KNOWN_HOSTS = {
    "www.w3.org",  # the name of the SVG format
    "www.gnu.org",  # our licence
}
LOADED = {".css", ".html", ".js", ".svg", ".webmanifest"}


@pytest.mark.parametrize("path", templates(), ids=short)
def test_it_compiles(path):
    engines["django"].get_template(path.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize("path", templates(), ids=short)
def test_it_asks_nobody_for_permission(path):
    assert PERMISSION.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [*templates(), *drawings()], ids=short)
def test_it_has_no_inline_style_or_script(path):
    if "email" not in path.parts:
        assert INLINE.findall(path.read_text()) == []


def test_nothing_names_another_host():
    files = [path for path in (ROOT / "static").rglob("*") if path.suffix in LOADED]
    named = {
        (short(path), address)
        for path in [*templates(), *drawings(), *files]
        for address in ADDRESS.findall(path.read_text())
        if urlparse(address).hostname not in KNOWN_HOSTS
    }
    assert named == set()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (PERMISSION, "{% if perms.round %}"),
        (PERMISSION, "{% if seat.can_open %}"),
        (PERMISSION, "{{ user.is_staff }}"),
        (INLINE, '<p style="color: red">'),
        (INLINE, '<p onclick="go()">'),
        (INLINE, "<script>go()</script>"),
        (ADDRESS, '<img src="//cdn.example.com/x.png">'),
    ],
)
def test_the_patterns_find_what_they_look_for(pattern, text):
    assert pattern.search(text)
