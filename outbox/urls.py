from django.urls import path

from . import views

urlpatterns = [path("stop/<str:token>/", views.stop_mail, name="stop_mail")]
