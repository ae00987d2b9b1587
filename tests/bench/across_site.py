"""The site as it is served, for the bench across coalitions: what each page cost is said in its headers.

With a bare view that only reads the same rows, and one that releases a round.
"""

import os
import time
import uuid
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Sets Django up, so it comes first.
from config.wsgi import application as served

# isort: split

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from coalitions.access import evaluates, public

PAGE = os.sysconf("SC_PAGE_SIZE")


class Counted:
    """How many statements went to the database while it held."""

    def __enter__(self):
        self.count = 0
        self.held = connection.execute_wrapper(self._seen)
        self.held.__enter__()
        return self

    def __exit__(self, *exc):
        self.held.__exit__(*exc)

    def _seen(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def application(environ, start_response):
    """Seconds by the clock and of this thread's processor time, statements, and the worker's memory in bytes."""
    clock, spent = time.perf_counter(), time.thread_time()

    def start(status, headers, exc=None):
        told = {
            "X-Took": time.perf_counter() - clock,
            "X-Spent": time.thread_time() - spent,
            "X-Statements": counted.count,
            "X-Memory": int(Path("/proc/self/statm").read_text().split()[1]) * PAGE,
        }
        return start_response(status, headers + [(name, str(value)) for name, value in told.items()], exc)

    with Counted() as counted:
        return served(environ, start)


@evaluates
def bare(request, coalitions):
    """What somebody would write in an hour: signed in, allowed, the same rows of the same query, no page."""
    from dashboards.queries.across import _rows

    tables = list(coalitions.select_related("state"))
    rows = list(_rows([table.pk for table in tables], None))
    return HttpResponse(f"<!doctype html><title>{len(tables)} {len(rows)}</title>")


@public
@csrf_exempt
def release(request):
    """A correction of the newest round of the first table, by the action that makes every release."""
    from milestones.actions.release import release_round
    from milestones.models import Round

    round = Round.objects.filter(coalition__slug="table-000").latest("number")
    newest = round.releases.last()
    release_round(round=round, by=newest.by, yes_by=newest.yes_by, now=timezone.now(), form=uuid.uuid4())
    return HttpResponse("Released.")


urlpatterns = [
    path("e/bare/", bare),
    path("bench/release/", release),
    path("", include("config.urls")),
]
settings.ROOT_URLCONF = __name__
