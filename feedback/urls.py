from django.urls import path

from . import views

urlpatterns = [
    path("go/<slug:code>/", views.go, name="go"),
    path("go/<slug:code>/<str:language>/", views.ask, name="ask"),
    path("go/<slug:code>/<str:language>/answer/", views.heard, name="heard"),
]
