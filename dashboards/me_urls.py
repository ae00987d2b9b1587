"""A person's own pages. No address names anyone: each is about whoever is signed in."""

from django.urls import path

from .views import calendar, held, leaving, me

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/name/", me.my_name, name="my_name"),
    path("me/quiet/", me.my_quiet_hours, name="my_quiet_hours"),
    path("me/mail/", me.my_mail, name="my_mail"),
    path("me/calendar/", calendar.my_calendar, name="my_calendar"),
    path("me/held/", held.held, name="held"),
    path("me/held.json", held.held_json, name="held_json"),
    path("me/tables/<slug:slug>/contact/", me.my_contact, name="my_contact"),
    path("me/tables/<slug:slug>/reminders/", me.my_reminders, name="my_reminders"),
    path("me/tables/<slug:slug>/leave/", leaving.leave_seat, name="leave_seat"),
    path("me/close/", leaving.close_account, name="close_account"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
]
