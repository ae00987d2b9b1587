from django.urls import path

from . import views

urlpatterns = [
    path("c/<slug:slug>/reminders/", views.reminders, name="reminders"),
    path("c/<slug:slug>/check-in/", views.checkin, name="checkin"),
    path("c/<slug:slug>/check-in/answer/", views.answer_checkin, name="answer_checkin"),
    path("c/<slug:slug>/check-in/question/", views.checkin_question, name="checkin_question"),
]
