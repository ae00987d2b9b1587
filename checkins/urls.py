from django.urls import path

from . import views

urlpatterns = [path("c/<slug:slug>/reminders/", views.reminders, name="reminders")]
