from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from outbox.registry import register_check, register_kind

        from . import queries
        from .queries import evaluators, leads

        register_check(queries.STILL_WAITING, queries.still_waiting)
        register_kind(queries.KIND, _("Reminders about a round"))
        register_check(queries.UNANSWERED, queries.unanswered)
        register_kind(queries.CHECKINS, _("The monthly check-in"))
        register_check(leads.STILL_NEEDED, leads.still_needed)
        register_kind(leads.KIND, _("Weekly note to leads"))
        register_check(evaluators.STILL_EVALUATES, evaluators.still_evaluates)
        register_kind(evaluators.KIND, _("New releases, for evaluators"))
