from celery import shared_task
from django.utils import timezone

from .actions import ring


@shared_task
def remind() -> None:
    ring(now=timezone.now())
