from django.urls import path

from . import views

HERE = "c/<slug:slug>/reminders/"

urlpatterns = [
    path(HERE, views.reminders, name="reminders"),
    path(HERE + "<small:pk>/off/", views.turn_off, name="turn_off"),
    path(HERE + "<small:pk>/on/", views.turn_on, name="turn_on"),
    path("c/<slug:slug>/check-in/", views.checkin, name="checkin"),
    path("c/<slug:slug>/check-in/answer/", views.answer_checkin, name="answer_checkin"),
    path("c/<slug:slug>/check-in/question/", views.checkin_question, name="checkin_question"),
]
