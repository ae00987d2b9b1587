from celery import shared_task
from django.utils import timezone

from .actions import clear_imports as clear


@shared_task
def clear_imports() -> None:
    clear(now=timezone.now())
