"""Tasks are doorbells: each calls one action. `celery -A config worker` answers them."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("table")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
