"""What evaluators have. Fixed words stand before slugs, and no coalition may be called like one (ROOM_NAMES)."""

from django.urls import path

from .views import releases, states

urlpatterns = [
    path("e/", states.states, name="states"),
    path("e/releases/", releases.releases, name="releases"),
    path("e/<slug:slug>/<str:code>/", states.cell, name="cell"),
    path("e/<slug:slug>/<small:number>/<small:release>/", releases.release_page, name="release_page"),
]
