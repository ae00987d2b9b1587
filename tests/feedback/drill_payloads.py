"""Ten thousand payloads, on the database that DATABASE_URL names: none is a 500, none is half kept."""

import uuid
from datetime import date

PAYLOADS = 10_000


def drill(many: int = PAYLOADS) -> list[dict[str, object]]:
    from django.db import connection
    from django.test.utils import override_settings

    from feedback import visit
    from feedback.models import Submission
    from tests.bench.bench import empty_database

    from .payloads import half_stored, tried

    was, visit.QUICK = visit.QUICK, -1
    try:
        with empty_database(), override_settings(ANSWERS_FROM_ONE_PLACE=10**6, ALLOWED_HOSTS=["*"]):
            _form()
            found = tried(many, seed=7)
            kept, half = Submission.objects.count(), half_stored()
            on = connection.vendor
    finally:
        visit.QUICK = was
    return [
        {
            "name": f"payloads to the forms of people outside, on {on}",
            "injected": found.total(),
            "expected": "0 pages that break, 0 answers half kept",
            "lost": sum(count for status, count in found.items() if status >= 500),
            "doubled": len(half),
            "value": kept,
            "holds": not half and kept > many / 100,
        }
    ]


def _form() -> None:
    from coalitions.models import Group
    from feedback.models import Form, Wording
    from tests.factories.tables import a_coalition, a_seat

    from .conftest import WORDING

    table = a_coalition("Care Forward Kentucky", slug="care-forward", state="KY")
    a_seat(table, "Rosa Reader", Group.PARENT, reader=True)
    form = Form.objects.create(coalition=table, code="kentucky", name="Drill", form=uuid.uuid4())
    Wording.objects.create(
        form=form, number=1, languages=["en", "es", "ar"], content=WORDING, published_on=date(2026, 11, 1)
    )
