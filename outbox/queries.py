"""What others may know about messages: states and reasons, never what they said."""

from collections.abc import Iterable

from .models import Message, MessageQuerySet, ProblemAddress, StopLink


def deliveries(*, beginning: str) -> MessageQuerySet:
    """Messages whose key begins so ("round/7/"), the newest first."""
    return (
        Message.objects.filter(key__startswith=beginning)
        .defer("subject", "text", "html", "headers")
        .order_by("-pk")
    )


def problem_addresses(addresses: Iterable[str]) -> dict[str, ProblemAddress]:
    """Which of these were refused for good, with what was said and since when."""
    asked = {address.lower() for address in addresses}
    return {found.to: found for found in ProblemAddress.objects.filter(to__in=asked)}


def stopped(addresses: Iterable[str], *, kind: str) -> set[str]:
    """Which of these want no more messages of this kind."""
    asked = {address.lower() for address in addresses}
    rows = StopLink.objects.filter(to__in=asked, kind=kind, stopped_at__isnull=False)
    return set(rows.values_list("to", flat=True))


def kept_here(*, most: int) -> MessageQuerySet:
    """In a demo, what would have been sent, the newest first."""
    return Message.objects.order_by("-pk")[:most]
