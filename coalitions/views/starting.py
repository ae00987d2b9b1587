from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from members.access import showed_second_step
from members.queries import has_second_step
from web.pages import page, seen_other

from .. import actions
from ..access import site_admin
from ..forms import StartForm
from ..models import Coalition, Event


@site_admin
def start(request: HttpRequest) -> HttpResponse:
    """A new table: its name, its place, and who leads it. The rest is three steps on its home.

    The first one may be started at once; from then on it takes a second step, as the admin pages do.
    """
    first = not Coalition.objects.exists()
    form = StartForm(request.user, request.POST or None)
    pressed_twice = form.is_valid() and Event.objects.filter(form=form.cleaned_data["form"]).exists()
    if not (first or pressed_twice or showed_second_step(request)):
        return redirect("confirm" if has_second_step(request.user.pk) else "second_step")
    if request.method == "POST" and form.is_valid():
        coalition = actions.start_table(by=request.user, now=timezone.now(), **form.told)
        leads = coalition.seats.filter(member=request.user.pk).exists()
        return seen_other(request, coalition.get_absolute_url() if leads else request.path)
    context = {"form": form, "first": first}
    return page(request, "coalitions/start.html", context, status=422 if form.is_bound else 200)
