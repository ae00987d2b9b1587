from celery import shared_task
from django.utils import timezone

from .actions import ask_checkins, plan_reminders


@shared_task
def remind() -> None:
    plan_reminders(now=timezone.now())
    ask_checkins(now=timezone.now())
