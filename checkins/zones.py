"""The clock of a table, if the name it has is one. Pure."""

import zoneinfo
from datetime import tzinfo


def zone_named(name: str) -> tzinfo | None:
    """None for a name nobody has, no name at all, or the name of a folder."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None
