"""A page as a PDF, where WeasyPrint is installed: an extra, since every browser can save a page as PDF itself.

Nothing is fetched to draw it but our own style sheets, fonts and pictures, and those are read from the folder of
static files, never over the network: what somebody typed into a page can make this server open nothing.
"""

import re
from functools import cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation

# A drawing does not see the style sheet of its page there, so it carries its own.
DRAWING = re.compile(r"<svg\b[^>]*>")


@cache
def maker() -> Any:
    """WeasyPrint, or None where it or what it needs of the system is missing."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


def makes_pdfs() -> bool:
    return maker() is not None


def as_pdf(html: str) -> bytes:
    """The page as it would be printed. Only where `makes_pdfs`."""
    found = maker()
    styled = DRAWING.sub(lambda opening: opening[0] + _drawn(), html)
    return found.HTML(string=styled, base_url=settings.SITE_URL, url_fetcher=only_ours).write_pdf()


@cache
def _drawn() -> str:
    return f"<style>{read_static('css/drawings.css').decode()}</style>"


def only_ours(url: str) -> Any:
    """What WeasyPrint asks for: our static files. ValueError for anything else, which it leaves out."""
    name = name_of(url)
    kind = guess_type(name)[0] or "application/octet-stream"
    return maker().urls.URLFetcherResponse(url, BytesIO(read_static(name)), {"Content-Type": kind})


def name_of(url: str) -> str:
    """The name of a static file of ours; ValueError for any other address."""
    ours = settings.SITE_URL + settings.STATIC_URL
    if not url.startswith(ours):
        raise ValueError("Only our own static files are read.")
    return unquote(urlsplit(url.removeprefix(ours)).path)


def read_static(name: str) -> bytes:
    """As it was collected, or from where it is kept; ValueError for what is not below those folders."""
    try:
        found = staticfiles_storage.path(name) if settings.COLLECTED else finders.find(name)
    except SuspiciousOperation:
        found = None
    if not found or not Path(found).is_file():
        raise ValueError("There is no such file.")
    return Path(found).read_bytes()
