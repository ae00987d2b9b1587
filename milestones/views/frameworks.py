"""How whoever runs the site words the next version of a framework."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.access import site_admin_proved
from web.pages import page, seen_other
from web.refusal import Refused

from ..actions import wordings
from ..forms.wordings import DraftForm, ItemForm
from ..models import Framework, Item, Version
from ..queries import crosswalk


@site_admin_proved
def frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework with its wordings; the form drafts the next one."""
    drafting = get_object_or_404(Framework, slug=request.POST.get("framework")) if request.POST else None
    form = DraftForm(request.POST or None)
    if drafting and form.is_valid():
        try:
            version = wordings.draft_version(framework=drafting, label=form.cleaned_data["label"])
            return seen_other(request, _address("wording", version.pk))
        except Refused as refusal:
            form.add_error("label", str(refusal))
    context = {"listed": crosswalk.listed(), "form": form, "drafting": drafting}
    return page(request, "milestones/frameworks.html", context, status=422 if form.is_bound else 200)


def _address(name: str, *args: object) -> str:
    return reverse(name, args=args)


def _version(pk: int) -> Version:
    """Everybody's. What one coalition added for itself is changed at its own table."""
    return get_object_or_404(Version.objects.select_related("framework", "follows"), pk=pk, coalition=None)


def _item(version: Version, code: str) -> Item:
    item = version.items.select_related("follows").filter(code=code).first()
    if item is None:
        raise Http404
    item.version = version
    return item


@site_admin_proved
def wording(request: HttpRequest, pk: int) -> HttpResponse:
    """The crosswalk from the wording before, and, for a draft, what is to be done before it is published."""
    version = _version(pk)
    context = {
        "version": version,
        "walk": crosswalk.crosswalk(version),
        "promotable": crosswalk.promotable(version) if version.draft else [],
        "publication": crosswalk.publication(version),
    }
    return page(request, "milestones/wording.html", context)


@site_admin_proved
def edit_item(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    version = _version(pk)
    item = _item(version, code)
    if not version.draft:
        return redirect("wording", pk)
    form = ItemForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            wordings.word_item(item=item, content=form.told(), change=form.marked)
            if request.POST.get("do") == "more":
                return seen_other(request, request.path)
            return seen_other(request, f"{_address('wording', pk)}#{code}")
        except Refused as refusal:
            form.add_error("change" if item.follows_id else None, str(refusal))
    context = {"form": form, "version": version, "item": item}
    return page(request, "milestones/edit_item.html", context, status=422 if form.is_bound else 200)


@site_admin_proved
@require_POST
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one, or one that a coalition asks by itself, which becomes everybody's."""
    version, chosen = _version(pk), request.POST.get("local", "")
    try:
        if chosen:
            local = next((each for each in crosswalk.promotable(version) if str(each.pk) == chosen), None)
            if local is None:
                raise Refused(_("Pick a local milestone from the list."))
            item = wordings.promote_item(version=version, local=local)
        else:
            item = wordings.add_item(version=version)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return seen_other(request, _address("wording", pk))
    return seen_other(request, _address("edit_item", pk, item.code))


@site_admin_proved
@require_POST
def leave_out_item(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    version = _version(pk)
    try:
        wordings.leave_out_item(item=_item(version, code))
        messages.success(request, _("It is not in the new wording."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return seen_other(request, _address("wording", pk))


@site_admin_proved
def publish_wording(request: HttpRequest, pk: int) -> HttpResponse:
    """One page to be sure: it cannot be undone, and it is on record who did it."""
    version, error = _version(pk), ""
    if request.method == "POST":
        try:
            wordings.publish_version(version=version, by=request.user, now=timezone.now())
            messages.success(request, _("Published. Rounds planned from now on ask these words."))
            return seen_other(request, _address("wording", pk))
        except Refused as refusal:
            error = str(refusal)
    elif not version.draft:
        return redirect("wording", pk)
    context = {"version": version, "walk": crosswalk.crosswalk(version), "error": error}
    return page(request, "milestones/publish_wording.html", context, status=422 if error else 200)


@site_admin_proved
@require_POST
def drop_wording(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        wordings.drop_version(version=_version(pk))
        messages.success(request, _("The draft is gone. Nothing else has changed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return seen_other(request, _address("wording", pk))
    return seen_other(request, _address("frameworks"))
