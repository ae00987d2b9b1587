from celery import shared_task
from django.utils import timezone

from .actions.sealing import seal_due as seal


@shared_task
def seal_due() -> None:
    seal(now=timezone.now())
