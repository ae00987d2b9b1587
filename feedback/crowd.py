"""How many answers came from one place just now, without keeping which place. Pure, in memory, each process its own.

A place is a keyed hash; its key is random and forgotten every ten minutes, and the counts with it. Counts drain by
the minute, so that somebody who is asked to wait a minute can then go on.
"""

import hmac
import secrets
from ipaddress import ip_address, ip_network
from threading import Lock

MINUTE, ROTATES = 60, 600  # seconds
PLACES = 10_000  # counted at once; whoever comes after is let in uncounted


class Crowd:
    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        self._key, self._counts = secrets.token_bytes(32), dict[bytes, int]()
        self._window = self._minute = 0

    def is_full(self, *, form: str, address: str, most: int, now: float) -> bool:
        """Whether `most` came from here already; else this one is counted. A tenth of them is forgotten each minute."""
        with self._lock:
            self._turn(now, drains=max(1, most // 10))
            place = hmac.digest(self._key, f"{form} {whole(address)}".encode(), "sha256")
            count = self._counts.get(place, 0)
            if count >= most:
                return True
            if count or len(self._counts) < PLACES:
                self._counts[place] = count + 1
            return False

    def _turn(self, now: float, drains: int) -> None:
        if int(now // ROTATES) != self._window:
            self.forget()
            self._window, self._minute = int(now // ROTATES), int(now // MINUTE)
        passed = int(now // MINUTE) - self._minute
        if passed > 0:
            self._minute += passed
            drained = {place: count - passed * drains for place, count in self._counts.items()}
            self._counts = {place: count for place, count in drained.items() if count > 0}


def whole(address: str) -> str:
    """One household has 2^64 addresses of the newer kind; they count as one place."""
    try:
        known = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return address[:64]
    if known.version == 6 and not known.ipv4_mapped:
        return str(ip_network((known, 64), strict=False))
    return str(known.ipv4_mapped or known) if known.version == 6 else str(known)


sends = Crowd()
