"""An archive that somebody edited: what is loaded reads on every page, or nothing is loaded."""

import copy
import json
from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.db.models import JSONField

from coalitions.models import Coalition
from dashboards.actions import load_archive
from dashboards.queries.archive import KINDS
from milestones.models import Release
from tests.factories.archived import a_fresh_site, a_full_table, archive_of, packed, parts_of
from web.archives.shapes import a_day, a_link, fits
from web.refusal import Refused

pytestmark = pytest.mark.django_db

EDITS = [
    ("coalition", "time_zone", "Mars/Olympus"),
    ("seats", "language", ""),
    ("seats", "joined", "0001-01-01"),
    ("record", "at", "9999-12-31T23:59:59+00:00"),
    ("wordings", "scale", []),
    ("wordings", "scale.0.level", 9),
    ("milestones", "code", "javascript:alert(1)"),
    ("milestones", "content", 1.5),
    ("milestones", "content.anchors", ["a"]),
    ("milestones", "content.criteria.0.text", None),
    ("rounds", "opened_at", "soon"),
    ("rounds", "started_at", "0001-01-01T00:00:00+00:00"),
    ("rounds", "participation", None),
    ("rounds", "participation.families.asked", {"a": 1}),
    ("openings", "counts.1", "x"),
    ("openings", "group", "Paz"),
    ("words", "group", "x"),
    ("agreements", "low", 0),
    ("agreements", "goal_level", 10),
    ("agreements", "criteria", 1.5),
    ("evidence", "item_code", "[]"),
    ("releases", "document", []),
    ("releases", "document.items.0.evidence.0.url", "javascript:alert(1)"),
    ("releases", "document.items.0.figures.0.average", []),
    ("releases", "document.items.0.agreements.0.low", 12),
    ("releases", "document.round.meets_on", "never"),
    ("releases", "public", 0),
    ("releases", "public.participation.everyone", "x"),
    ("checkins", "question", ["a"]),
    ("forms", "code", ""),
    ("form_wordings", "languages", ["xx"]),
    ("form_wordings", "content.questions", True),
    ("form_wordings", "content.questions.0.kind", "html"),
    ("form_wordings", "content.questions.0.choices.0.text", 7),
    ("recordings", "media_type", "text/html"),
    ("recordings", "sound", b64encode(b"<script>alert(1)</script>").decode()),
    ("results", "counts.yes", -1),
    ("said_and_done", "said.en", {}),
]


def test_what_no_page_could_read_is_not_loaded(coalition, lead):
    parts = parts_of(archive_of(a_full_table(coalition, lead)))
    a_fresh_site()
    loaded = []
    for file, path, value in EDITS:
        try:
            with transaction.atomic():
                load_archive(file=edited(parts, file, path, value))
                loaded.append((file, path, value))
                transaction.set_rollback(True)
        except Refused:
            assert not Coalition.objects.exists()
    assert not loaded


def test_releases_from_before_a_document_said_more_come_back_too(coalition, lead):
    """Documents are frozen: what they did not say when they were written, they never will."""
    a_full_table(coalition, lead)
    for release in Release.objects.all():
        for told in filter(None, (release.document, release.public)):
            told["participation"].pop("lead_changed", None)
            for item in told["items"]:
                del item["local"], item["since"]
        release.save()
    before = list(Release.objects.values_list("document__items__0__names", flat=True))
    archive = archive_of(coalition)
    a_fresh_site()
    load_archive(file=BytesIO(archive))
    assert list(Release.objects.values_list("document__items__0__names", flat=True)) == before


def test_all_that_is_json_has_a_shape():
    bare = [
        f"{kind.name}.{field.name}"
        for kind in KINDS
        for field in kind.fields
        for attribute in field.carries
        if kind.restored and not field.sealed and field.shape is Any
        if isinstance(kind.model._meta.get_field(attribute), JSONField)
    ]
    assert not bare


@pytest.mark.parametrize(
    ("value", "shape", "does"),
    [
        (True, int, False),
        (10**30, int, False),
        (-1, int, False),
        (1, (int, None), True),
        (None, (int, None), True),
        ([1], {1}, False),
        (True, {1}, False),
        ({"a": 1}, {"a": int, "b?": str}, True),
        ({"a": 1, "b": 2}, {"a": int, "b?": str}, False),
        ({"b": "2"}, {"a": int, "b?": str}, False),
        ({"x": "2"}, {str: int}, False),
        ("https://a.org/b", a_link, True),
        ("/c/x/", a_link, True),
        ("", a_link, True),
        ("javascript:alert(1)", a_link, False),
        ("//a.org javascript:", a_link, False),
        ("\ud800", str, False),
        ("2026-02-30", a_day, False),
        (7, a_day, False),
    ],
)
def test_what_fits(value, shape, does):
    assert fits(value, shape) == does


def edited(parts: dict[str, bytes], file: str, path: str, value: object):
    """In the last row that has it, with check sums that fit and a seal that nobody can open."""
    parts, rows = dict(parts), json.loads(parts[f"{file}.json"])
    assert any(put(row, path.split("."), value) for row in reversed(rows)), "nothing was edited"
    parts[f"{file}.json"] = json.dumps(rows).encode()
    head = json.loads(parts["archive.json"])
    head["files"][f"{file}.json"] = sha256(parts[f"{file}.json"]).hexdigest()
    return packed({**parts, "archive.json": json.dumps(head).encode(), "sealed": b"another's"})


def put(row: object, path: list[str], value: object) -> bool:
    *way, last = path
    try:
        for key in way:
            row = row[int(key) if isinstance(row, list) else key]
        row[last]
    except (KeyError, IndexError, TypeError):
        return False
    row[last] = copy.deepcopy(value)
    return True
