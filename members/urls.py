"""The parts of allauth we use; a page we did not mean to have has no address."""

from allauth.account import views as account
from django.urls import path

from .access import public
from .views import confirm, devices, language, links, passkeys, second_step, sign_in

urlpatterns = [
    path("language/", language.language, name="language"),
    path("l/<str:token>/", links.link, name="link"),
    path("sign-in/", sign_in.ask_for_code, name="account_request_login_code"),
    path("sign-in/", sign_in.ask_for_code, name="account_login"),
    path("sign-in/code/", sign_in.type_code, name="account_confirm_login_code"),
    path("sign-in/second-step/", sign_in.second_step_at_sign_in, name="mfa_authenticate"),
    path("sign-in/second-step/question/", sign_in.second_step_question, name="second_step_question"),
    path("sign-in/passkey/", sign_in.sign_in_with_passkey, name="sign_in_with_passkey"),
    path("sign-in/passkey/question/", sign_in.sign_in_question, name="sign_in_question"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("sign-in/off/", public(account.account_inactive), name="account_inactive"),
    path("me/confirm/", confirm.confirm, name="confirm"),
    path("me/confirm/question/", confirm.confirm_question, name="confirm_question"),
    path("me/second-step/", second_step.second_step, name="second_step"),
    path("me/second-step/app/", second_step.add_app, name="add_app"),
    path("me/second-step/codes/", second_step.recovery_codes, name="recovery_codes"),
    path("me/second-step/passkey/", passkeys.add_passkey, name="add_passkey"),
    path("me/second-step/passkey/question/", passkeys.passkey_question, name="passkey_question"),
    path("me/second-step/<small:pk>/name/", passkeys.name_passkey, name="name_passkey"),
    path("me/second-step/<small:pk>/remove/", second_step.remove_second_step, name="remove_second_step"),
    path("me/devices/", devices.devices, name="devices"),
    path("me/devices/end-others/", devices.end_all_devices, name="end_all_devices"),
    path("me/devices/<small:pk>/end/", devices.end_device, name="end_device"),
]
