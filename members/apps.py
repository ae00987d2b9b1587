from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        from outbox.registry import register_check

        from .adapter import HAS_ACCOUNT, has_account

        register_check(HAS_ACCOUNT, has_account)
