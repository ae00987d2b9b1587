"""The parts of allauth we use; a page we did not mean to have has no address."""

from allauth.account import views as account
from django.urls import path

from .access import public
from .views import devices, language, links, sign_in

urlpatterns = [
    path("language/", language.language, name="language"),
    path("l/<str:token>/", links.link, name="link"),
    path("sign-in/", sign_in.ask_for_code, name="account_request_login_code"),
    path("sign-in/", sign_in.ask_for_code, name="account_login"),
    path("sign-in/code/", sign_in.type_code, name="account_confirm_login_code"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("sign-in/off/", public(account.account_inactive), name="account_inactive"),
    path("me/devices/", devices.devices, name="devices"),
    path("me/devices/end-others/", devices.end_all_devices, name="end_all_devices"),
    path("me/devices/<small:pk>/end/", devices.end_device, name="end_device"),
]
