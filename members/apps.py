from django.apps import AppConfig
from django.contrib.admin import apps as admin


class MembersConfig(AppConfig):
    default = True
    name = "members"

    def ready(self) -> None:
        from outbox.registry import register_check

        from .queries import HAS_ACCOUNT, has_account

        register_check(HAS_ACCOUNT, has_account)


class GuardedAdminConfig(admin.AdminConfig):
    default = False
    default_site = "members.admin_site.GuardedAdminSite"
