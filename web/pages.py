"""The whole HTMX layer: a page and its fragments share one view and one template."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django_htmx.http import HttpResponseClientRedirect


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    parts: tuple[str, ...] = (),
    status: int = 200,
) -> TemplateResponse:
    """The whole page, or the one part that HTMX asks for, if `parts` lists it.

    A part's name is the id of the element it replaces. Anything else gets the whole page.
    """
    target = request.htmx.target  # type: ignore[attr-defined]
    if target in parts:
        template = f"{template}#{target}"
    return TemplateResponse(request, template, dict(context), status=status)


def seen_other(request: HttpRequest, url: str) -> HttpResponse:
    """After a write that was accepted: 303, or the same for HTMX."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url, status=303)
