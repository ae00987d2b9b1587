from django.apps import AppConfig


class MilestonesConfig(AppConfig):
    name = "milestones"

    def ready(self) -> None:
        from coalitions.registry import register_overdue, register_private

        from .actions.answers import forget_drafts
        from .actions.sealing import seal_due

        register_private(forget_drafts)
        register_overdue(seal_due)
