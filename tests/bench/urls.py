"""The site, and two empty pages behind the same middleware and for the same signed-in person."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path

from coalitions.access import sits
from members.access import signed_in


@signed_in
def bare(request):
    return HttpResponse("<!doctype html><title>Empty</title>")


@sits
def empty_table(request, seat):
    """Guarded, with the frame and the menu of a table, and nothing in it."""
    return TemplateResponse(request, "base.html")


urlpatterns = [
    path("bare/", bare),
    path("c/<slug:slug>/empty/", empty_table, name="empty_table"),
    path("", include("config.urls")),
]
