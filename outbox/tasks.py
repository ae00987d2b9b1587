from celery import shared_task
from django.utils import timezone

from .actions import sending, wishes


@shared_task
def send_mail() -> None:
    sending.send_all(clock=timezone.now)


@shared_task
def tidy() -> None:
    wishes.tidy(now=timezone.now())
