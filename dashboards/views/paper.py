"""What all pages for printing share: the language of whoever will read the paper, and a PDF where one can be made."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, override

from web.pages import page
from web.pdf import as_pdf, makes_pdfs

View = Callable[..., HttpResponse]
NO_PDF = 404


def paper(view: View) -> View:
    """A page to print. `?language=es` is for this page alone; `?pdf=1` is the same page as a file.

    Inside the guard, so that whoever may read the page gets the file, and nobody else.
    """

    @wraps(view)
    def printed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("language", "")
        language = asked if asked in dict(settings.LANGUAGES) else get_language()
        with override(language):
            if request.GET.get("pdf") and not makes_pdfs():
                return page(request, "dashboards/no_pdf.html", {}, status=NO_PDF).render()
            response = view(request, *args, **kwargs)
            if not isinstance(response, TemplateResponse):
                return response
            response.context_data |= _around(request, language)
            response.render()
        response.headers["Content-Language"] = language
        return _file(request, response, language) if request.GET.get("pdf") else response

    return printed


def _around(request: HttpRequest, language: str | None) -> dict[str, Any]:
    address = settings.SITE_URL + request.path
    return {
        "made_on": timezone.localtime(timezone.now()),
        "short_address": address.partition("://")[2],
        "makes_pdfs": makes_pdfs(),
        "kept": _kept(request),
        "others": [(code, name) for code, name in settings.LANGUAGES if code != language],
    }


def _kept(request: HttpRequest) -> str:
    """What else the address asks for, to be asked for in the other language too."""
    kept = request.GET.copy()
    for name in ("language", "pdf"):
        kept.pop(name, None)
    return f"&{kept.urlencode()}" if kept else ""


def _file(request: HttpRequest, response: TemplateResponse, language: str | None) -> HttpResponse:
    name = "-".join(part for part in request.path.split("/") if part not in ("", "c", "e", "round"))
    pdf = HttpResponse(as_pdf(response.content.decode()), content_type="application/pdf")
    pdf.headers["Content-Disposition"] = f'attachment; filename="{name}-{language}.pdf"'
    return pdf
