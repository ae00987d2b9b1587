"""The admin pages, for a site admin with a second step who came in by themselves."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .access import inside, only, to_sign_in
from .queries import has_second_step


class GuardedAdminSite(AdminSite):
    """Every door of the admin asks `has_permission`, and sends whoever may not come in to `login`."""

    def has_permission(self, request: HttpRequest) -> bool:
        return _runs_the_site(request) and has_second_step(request.user.pk)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is no password to type: the way in is ours, and then the page that adds what is missing."""
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not _runs_the_site(request):
            raise PermissionDenied
        if not has_second_step(request.user.pk):
            return redirect("second_step")
        return redirect(inside(request, request.GET.get("next", ""), otherwise="admin:index"))

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_logout")


def _runs_the_site(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_active and user.is_staff) and not only(request)
