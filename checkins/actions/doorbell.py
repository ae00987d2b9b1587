"""One doorbell for all that is written by the clock."""

import logging
from datetime import datetime

from .digest import plan_digests
from .monthly import ask_checkins
from .planning import plan_reminders
from .releases import plan_releases

PLANS = (plan_reminders, ask_checkins, plan_digests, plan_releases)
log = logging.getLogger(__name__)


def ring(*, now: datetime) -> int:
    """Each plan in turn; how many letters they wrote. One that fails keeps no other from its turn."""
    planned = 0
    for plan in PLANS:
        try:
            planned += plan(now=now)
        except Exception as trouble:  # its words could hold a name or an address
            log.error("%s failed: %s", plan.__name__, type(trouble).__name__)
    return planned
