from celery import shared_task
from django.utils import timezone

from .actions import devices


@shared_task
def tidy() -> None:
    devices.tidy(now=timezone.now())
