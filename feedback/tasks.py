from celery import shared_task
from django.utils import timezone

from .actions import gather_due


@shared_task
def gather() -> None:
    gather_due(now=timezone.now())
