from django.urls import path

from .across_urls import urlpatterns as across_urlpatterns
from .export_urls import urlpatterns as export_urlpatterns
from .me_urls import urlpatterns as me_urlpatterns
from .paper_urls import urlpatterns as paper_urlpatterns
from .release_urls import urlpatterns as release_urlpatterns
from .views import health, home, public, published

urlpatterns = [
    path("", public.front, name="front"),
    path("c/<slug:slug>/", home.home, name="home"),
    path("how-it-works/", public.how_it_works, name="how_it_works"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("p/<slug:slug>/", published.published, name="published"),
    path("p/<slug:slug>/<small:number>/", published.published_round, name="published_round"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    *export_urlpatterns,
    *me_urlpatterns,
    *across_urlpatterns,
    *paper_urlpatterns,
    *release_urlpatterns,
]
