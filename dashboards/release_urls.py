from django.urls import path

from .views import releases

urlpatterns = [
    path("e/", releases.releases, name="releases"),
    path("e/<slug:slug>/<small:number>/<small:release>/", releases.release_page, name="release_page"),
]
