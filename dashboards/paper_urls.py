from django.urls import path

from .views import papers

ROUND = "c/<slug:slug>/round/<small:number>/"

urlpatterns = [
    path(ROUND + "report/", papers.report, name="report"),
    path(ROUND + "placemat/", papers.placemat, name="placemat"),
    path("e/report/", papers.states_report, name="states_report"),
    path(
        "e/<slug:slug>/<small:number>/<small:release>/report/", papers.release_report, name="release_report"
    ),
]
