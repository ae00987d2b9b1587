"""A browser's coarse name, for its owner to know it by. What else it says of itself is never kept."""

import re

UNKNOWN = "A browser"
# The first that is found counts: most browsers also claim to be Chrome, Safari or both.
BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/|\bOPT/|\bOpera\b"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bVersion/[\d.]+ .*\bSafari/|\bMobile/\w+ Safari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b|\bMac OS X\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)
MOST = 1000  # letters of what a browser says that are looked at


def named(user_agent: str) -> str:
    """Words like "Firefox on Android"; "Firefox" if the system is unknown, "A browser" if the browser is."""
    said = user_agent[:MOST]
    browser = _first(BROWSERS, said)
    system = _first(SYSTEMS, said)
    if not browser:
        return UNKNOWN
    return f"{browser} on {system}" if system else browser


def parts(name: str) -> tuple[str, str]:
    """Browser and system of a name made here, each empty if unknown."""
    browser, _on, system = name.partition(" on ")
    return ("", "") if browser == UNKNOWN else (browser, system)


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, sign in known if re.search(sign, said)), "")
