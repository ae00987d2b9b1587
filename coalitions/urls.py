from django.urls import path

from .views import arriving, imports, inviting, people, starting

LIST = "c/<slug:slug>/people/import/"
STARTED = LIST + "<small:pk>/"

urlpatterns = [
    path("start/", starting.start, name="start"),
    path("tables/", people.tables, name="tables"),
    path("c/<slug:slug>/seat/", arriving.take_seat, name="take_seat"),
    path("c/<slug:slug>/people/", people.people, name="people"),
    path("c/<slug:slug>/people/<small:pk>/", people.edit_seat, name="edit_seat"),
    path("c/<slug:slug>/people/<small:pk>/end/", people.end_seat, name="end_seat"),
    path("i/<str:token>/", arriving.invitation, name="invitation"),
    path("c/<slug:slug>/people/invite/", inviting.invite_all, name="invite_all"),
    path("c/<slug:slug>/people/<small:pk>/invite/", inviting.invite, name="invite"),
    path("c/<slug:slug>/people/<small:pk>/link/", inviting.hand_link, name="hand_link"),
    path("c/<slug:slug>/people/<small:pk>/invite/end/", inviting.end_invitation, name="end_invitation"),
    path("c/<slug:slug>/people/wanted/", people.want_seat, name="want_seat"),
    path("c/<slug:slug>/people/wanted/<small:pk>/", people.fill_seat, name="fill_seat"),
    path(LIST, imports.import_roster, name="import_roster"),
    path(STARTED + "columns/", imports.import_columns, name="import_columns"),
    path(STARTED + "words/", imports.import_words, name="import_words"),
    path(STARTED + "check/", imports.import_check, name="import_check"),
    path(STARTED + "result/", imports.import_result, name="import_result"),
    path(STARTED + "cancel/", imports.import_cancel, name="import_cancel"),
    path("c/<slug:slug>/settings/", people.settings_page, name="settings_page"),
]
