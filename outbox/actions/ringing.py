"""What shows that the clockwork runs: a bell rang, and somebody answered."""

from datetime import datetime, timedelta

from outbox.models import Ring

# However many ring, and however often, it is written about this often.
SELDOM = timedelta(seconds=10)


def rang(name: str, *, now: datetime) -> None:
    """A bell was answered. A moment that lies ahead was written by a clock that was wrong."""
    if not Ring.objects.filter(name=name, at__gt=now - SELDOM, at__lte=now).exists():
        Ring.objects.bulk_create(
            [Ring(name=name, at=now)], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
        )
