from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import inside, only, public
from ..models import Member


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    target = inside(request, request.POST.get("next", ""), otherwise=reverse("front"))
    response = HttpResponseRedirect(target, status=303)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=60 * 60 * 24 * 365,
            samesite="Lax",
            secure=settings.HTTPS,
        )
        if request.user.is_authenticated and not only(request):
            Member.objects.filter(pk=request.user.pk).update(language=code)
    return response
