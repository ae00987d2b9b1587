"""The site as it is served, with two more pages behind the same middleware: an empty one, and a form written by hand."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from config.wsgi import application as application

HAND = """<!doctype html><html lang="en"><title>{{ title }}</title><h1>{{ title }}</h1><form method="post">
<fieldset><legend>Did anyone ask you?</legend><label><input type="radio" name="asked" value="yes"> Yes</label>
<label><input type="radio" name="asked" value="no"> No</label></fieldset>
<fieldset><legend>Did anything change?</legend><label><input type="radio" name="changed" value="yes"> Yes</label>
<label><input type="radio" name="changed" value="no"> No</label></fieldset>
<label>What would help most? <textarea name="most"></textarea></label>
<label>Which is closest to you? <input name="role"></label><button>Send</button></form></html>"""
PAGE = engines["django"].from_string(HAND)


def empty(request):
    return HttpResponse("<!doctype html><title>Empty</title>")


@csrf_exempt
def bare(request, wording):
    """What somebody would write in an afternoon: one page, one row."""
    from feedback.models import Submission

    if request.method == "POST":
        import uuid

        answers = {
            name: request.POST[name] for name in ("asked", "changed", "most") if request.POST.get(name)
        }
        Submission.objects.create(
            wording_id=wording, language="en", week="2026-W47", role=request.POST.get("role", ""),
            answers=answers, receipt=uuid.uuid4().hex,
        )  # fmt: skip
        return HttpResponse(
            "<!doctype html><title>Thank you</title><h1>Thank you. We have your answers.</h1>"
        )
    return HttpResponse(PAGE.render({"title": "How is it going?"}))


urlpatterns = [
    path("go/0/empty/", empty),
    path("go/0/bare/<int:wording>/", bare),
    path("", include("config.urls")),
]
settings.ROOT_URLCONF = __name__
