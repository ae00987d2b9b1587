import re

from django.urls import URLPattern, URLResolver, get_resolver, path

from coalitions import checks
from coalitions.nav import EVALUATION, ROOMS
from coalitions.roles import Can
from members.access import public

from .house import APPS, modules, short, templates

KNOWN = {
    *(
        "public",
        "signed in",
        "own account",
        "own seat",
        "asked",
        "site admin",
        "evaluates",
        "demo",
        "anonymous",
    ),
    *Can,
}


def every_pattern(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                yield from every_pattern(entry)
        else:
            yield entry


def test_every_address_says_who_may_come_in():
    patterns = list(every_pattern(get_resolver()))
    assert patterns
    silent = [str(entry.pattern) for entry in patterns if not hasattr(entry.callback, "access")]
    assert silent == []


def test_what_they_say_is_from_a_closed_list():
    said = {entry.callback.access for entry in every_pattern(get_resolver())}
    assert said <= KNOWN


def test_the_start_up_check_sees_an_address_that_says_nothing():
    def bare(request): ...

    class Site:
        namespace = None
        url_patterns = (path("open/", public(bare)), path("bare/", bare))

    assert [str(entry.pattern) for entry in checks.unguarded(Site)] == ["bare/"]
    assert all(isinstance(entry, URLPattern) for entry in checks.addresses(Site))


LINK = re.compile(r"""(?:\burl|reverse|redirect)[\s(]+["'](\w+)["']""")
LINKED_OTHERWISE = {
    "ask": "feedback/queries/published.py puts the addresses of a form together",
    "heard": "the same",
    "import_words": "coalitions/views/imports.py picks the step that an import is at",
    "livez": "machines ask it",
    "readyz": "machines ask it",
}


def linked_from(files):
    """Name of an address -> the files that lead there; a page that leads to itself leads nobody there."""
    found = {}
    for name, text in files.items():
        for to in LINK.findall(text):
            if not name.endswith(f"/{to}.html") or "/parts/" in name:
                found.setdefault(to, set()).add(name)
    return found


def test_every_page_is_linked_from_somewhere():
    there = linked_from({short(path): path.read_text() for path in (*templates(), *modules())})
    in_the_menu = {name for names, *_rest in (*ROOMS, *EVALUATION) for name in names[:1]}
    ours = {
        e.name
        for e in every_pattern(get_resolver())
        if e.name and e.callback.__module__.startswith(tuple(APPS))
    }
    assert len(ours) > 150
    assert sorted(ours - there.keys() - in_the_menu) == sorted(LINKED_OTHERWISE)


def test_a_page_that_only_leads_to_itself_is_found():
    files = {"templates/a/lonely.html": "{% url 'lonely' %}", "templates/a/parts/add.html": "{% url 'add' %}"}
    assert linked_from(files).keys() == {"add"}
