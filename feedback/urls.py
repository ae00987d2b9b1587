from django.urls import path

from . import views

TABLE = "c/<slug:slug>/"

urlpatterns = [
    path("go/<slug:code>/", views.go, name="go"),
    path("go/<slug:code>/<str:language>/", views.ask, name="ask"),
    path("go/<slug:code>/<str:language>/answer/", views.heard, name="heard"),
    path("said/<slug:slug>/", views.public_said, name="public_said"),
    path(TABLE + "voices/", views.voices, name="voices"),
    path(TABLE + "voices/reply/", views.reply, name="reply"),
    path(TABLE + "voices/results/", views.outside_results, name="outside_results"),
    path(TABLE + "voices/results/<small:pk>/", views.use_result, name="use_result"),
    path(TABLE + "voices/<uuid:id>/", views.voice, name="voice"),
    path(TABLE + "voices/<uuid:id>/hide/", views.hide_voice, name="hide_voice"),
    path(TABLE + "said-and-done/", views.said_and_done, name="said_and_done"),
    path(TABLE + "said-and-done/<small:pk>/", views.edit_said, name="edit_said"),
]
