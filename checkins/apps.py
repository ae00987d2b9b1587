from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from outbox.registry import register_check, register_kind

        from . import queries

        register_check(queries.STILL_WAITING, queries.still_waiting)
        register_kind(queries.KIND, _("Reminders about a round"))
        register_check(queries.UNANSWERED, queries.unanswered)
        register_kind(queries.CHECKINS, _("The monthly check-in"))
