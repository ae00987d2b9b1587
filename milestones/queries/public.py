"""What everyone may read of a release: less than evaluators, and never more."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from coalitions.models import Coalition

from ..disclosure import PUBLIC_K
from ..models import Release
from ..models.record import Audience
from .board import FAMILIES, PARENTS, WHOLE, boards


def public_document(release: Release) -> dict[str, Any]:
    """The release with the averages of the public's own openings, and without marks, titles and groups of words.

    A title such as "Dad of one, Covington" is a person to who lives there; so is the one provider who wrote.
    """
    shown = {board.item.code: board.figures for board in boards(release.round, audience=Audience.PUBLIC)}
    document = deepcopy(release.document)
    document["participation"] = _participation(document["participation"])
    for item in document["items"]:
        item["figures"] = [
            {
                "group": figure.group,
                "people": None,
                "cannot_say": None,
                "counts": None,
                "average": figure.average,
                "half": None,
            }
            for figure in shown.get(item["code"], ())
        ]
        told = {figure["group"] for figure in item["figures"]}
        for agreement in item["agreements"]:
            agreement["owner"] = ""
            if not told & {FAMILIES, PARENTS}:  # it says how high parents and providers are not
                agreement["above_because"] = ""
        for word in item["words"]:
            word["group"] = WHOLE
    return document


def _participation(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """How many were asked and answered everything; None for fewer than ten, and for a group beside fewer than ten."""
    everyone, families = numbers["everyone"], numbers["families"]
    told = {"everyone": None, "families": None, "representative": numbers["representative"]}
    if everyone["asked"] >= PUBLIC_K:
        told["everyone"] = _told(everyone)
    if min(families["asked"], everyone["asked"] - families["asked"]) >= PUBLIC_K:
        told["families"] = _told(families)
    return told


def _told(numbers: Mapping[str, int]) -> dict[str, int]:
    return {"asked": numbers["asked"], "answered": numbers["answered"]}


def published(coalition: Coalition) -> Iterable[Release]:
    """What it published, one release for each round, the newest round first; one query."""
    found = Release.objects.filter(round__coalition=coalition, public__isnull=False).select_related("round")
    return found.defer("document").order_by("-round__number", "-number")
