from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from web.pages import page, seen_other

from .. import actions
from ..access import site_admin
from ..forms import StartForm
from ..models import Coalition


@site_admin
def start(request: HttpRequest) -> HttpResponse:
    """A new table: its name, its place, and who leads it. The rest is three steps on its home."""
    form = StartForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        coalition = actions.start_table(by=request.user, now=timezone.now(), **form.told)
        leads = coalition.seats.filter(member=request.user.pk).exists()
        return seen_other(request, coalition.get_absolute_url() if leads else request.path)
    context = {"form": form, "first": not Coalition.objects.exists()}
    return page(request, "coalitions/start.html", context, status=422 if form.is_bound else 200)
