"""What people outside picked, for everybody at the table."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from milestones.queries.board import items_of
from milestones.queries.rounds import newest_version
from web.pages import page, seen_other
from web.refusal import Refused

from ..actions import use_as_evidence
from ..forms.voices import EvidenceForm
from ..models import Result
from ..queries.results import outcomes
from ..visit import questions_of


@requires(Can.READ_TABLE, Can.READ_VOICES)
def outside_results(request: HttpRequest, seat: Seat) -> HttpResponse:
    milestone = request.GET.get("milestone", "")
    items = {item.code: item for item in items_of(newest_version(seat.coalition))}
    only = items.get(milestone)
    context = {
        "outcomes": outcomes(seat.coalition, get_language() or "en", milestone=only.code if only else ""),
        "only": only,
        "items": items,
        "adds": seat.can(Can.ADD_EVIDENCE) or seat.can(Can.RECORD),
        "reads": seat.can(Can.READ_VOICES),
    }
    return page(request, "feedback/outside_results.html", context)


@requires(Can.ADD_EVIDENCE, Can.RECORD)
def use_result(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Counts of one question go to a milestone's list of what we have seen."""
    result = get_object_or_404(
        Result.objects.select_related("wording__form"), pk=pk, wording__form__coalition=seat.coalition
    )
    items = items_of(newest_version(seat.coalition))
    form = EvidenceForm(
        request.POST if request.method == "POST" else None,
        items=items,
        initial={"milestone": result.wording.form.milestone, "form_id": uuid.uuid4()},
    )
    back = reverse("outside_results", args=[seat.coalition.slug])
    if form.is_bound and form.is_valid():
        item = next(each for each in items if each.code == form.cleaned_data["milestone"])
        try:
            use_as_evidence(
                result=result, item=item, by=seat, now=timezone.now(), form=form.cleaned_data["form_id"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on the milestone’s list of what we have seen."))
            return seen_other(request, reverse("milestone_record", args=[seat.coalition.slug, item.code]))
    context = {"form": form, "asked": _asked(result), "result": result, "back": back}
    return page(request, "feedback/use_result.html", context, status=422 if form.errors else 200)


def _asked(result: Result) -> str:
    asked = next(each for each in questions_of(result.wording.content) if each.code == result.question)
    return asked.says(get_language() or "en")
