from celery import shared_task
from django.utils import timezone

from .actions import ringing, sending, wishes


@shared_task
def send_mail() -> None:
    ringing.rang("mail", now=timezone.now())
    sending.send_all(clock=timezone.now)


@shared_task
def tidy() -> None:
    wishes.tidy(now=timezone.now())
