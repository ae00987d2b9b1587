"""What a lead does with forms, in a browser."""

import html
import re
import uuid

from django.utils import timezone

from coalitions.models import Coalition, Seat
from feedback import actions
from feedback.actions.making import print_of
from feedback.models import Form, Wording

HERE = "/c/care-forward/voices/forms/"


def text(response) -> str:
    """What a page says, without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def a_form(coalition: Coalition, questions: str = "direction", languages=("en", "es"), **said) -> Form:
    """Not published."""
    said = {"name": "Library nights", "form": uuid.uuid4(), **said}
    return actions.make_form(coalition=coalition, questions=questions, languages=languages, **said)


def draft_of(form: Form) -> Wording:
    return Wording.objects.get(form=form, published_on=None)


def publish(form: Form, by: Seat) -> Form:
    actions.publish_form(form=form, by=by, seen=print_of(draft_of(form)), now=timezone.now())
    return form


def codes(form: Form) -> list[str]:
    newest = Wording.objects.filter(form=form).order_by("-number")[0]
    return [row["code"] for row in newest.content["questions"]]
