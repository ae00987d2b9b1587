"""What every page knows: the name of the site, its languages, where the visitor is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "unknown": request.path_info.startswith(settings.WITHOUT_COOKIES),
        "seat": getattr(request, "seat", None),
        "coalition": getattr(request, "coalition", None),
        "nav": getattr(request, "nav", ()),
    }
