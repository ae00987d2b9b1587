"""Added to the site's addresses in demo mode only."""

from django.urls import path

from .views import demo

urlpatterns = [
    path("", demo.demo, name="demo"),
    path("as/<slug:who>/", demo.demo_sign_in, name="demo_sign_in"),
    path("finish/", demo.demo_finish, name="demo_finish"),
    path("mail/", demo.demo_mail, name="demo_mail"),
]
