from django.urls import URLPattern, URLResolver, get_resolver, path

from coalitions import checks
from coalitions.roles import Can
from members.access import public

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
