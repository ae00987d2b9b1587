from django.apps import AppConfig


class MilestonesConfig(AppConfig):
    name = "milestones"

    def ready(self) -> None:
        from coalitions.registry import register_private

        from .actions.answers import forget_drafts

        register_private(forget_drafts)
