from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter

from web.converters import Small

register_converter(Small, "small")

urlpatterns = [
    path("", include("dashboards.urls")),
    path("", include("members.urls")),
    path("", include("coalitions.urls")),
    path("", include("milestones.urls")),
    path("", include("feedback.urls")),
    path("", include("checkins.urls")),
    path("", include("outbox.urls")),
    path("manage/", admin.site.urls),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("dashboards.demo_urls")))
