from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

# The admin asks for a site admin at every door of its own.
GUARDED_BY_ITSELF = {"admin"}


@register()
def every_address_says_who_may_come_in(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"{pattern.pattern} declares no access rule.",
            hint="Say @requires, @signed_in or @public.",
            id="access.E001",
        )
        for pattern in unguarded(get_resolver())
    ]


def addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        elif entry.namespace not in GUARDED_BY_ITSELF:
            yield from addresses(entry)


def unguarded(resolver: URLResolver) -> list[URLPattern]:
    return [pattern for pattern in addresses(resolver) if not hasattr(pattern.callback, "access")]


@register(deploy=True)
def a_server_people_trust(app_configs: Any, **kwargs: Any) -> list[Error]:
    found = []
    if settings.SECRET_KEY == settings.INSECURE_KEY:
        found.append(Error("SECRET_KEY is the one everybody knows.", id="trust.E001"))
    if settings.DEMO:
        found.append(Error("DEMO signs anyone in as anyone.", id="trust.E002"))
    if not settings.HTTPS:
        found.append(Error("HTTPS is off, so sign-in cookies can be read on the way.", id="trust.E003"))
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            Error("SITE_URL does not begin with https://, so links in mail lead astray.", id="trust.E004")
        )
    return found
