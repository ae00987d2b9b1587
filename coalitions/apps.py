from django.apps import AppConfig


class CoalitionsConfig(AppConfig):
    name = "coalitions"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from outbox.registry import register_check, register_kind

        from . import checks  # noqa: F401  registers the start-up checks
        from .actions import inviting

        register_check(inviting.STANDS, inviting.stands)
        register_kind(inviting.KIND, _("Invitations to a table"))
