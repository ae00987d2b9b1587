"""The bells of beat, rung every EVERY seconds instead: `celery -A tests.outbox.quiet beat`."""

import os

from config.celery import app

app.conf.beat_schedule = {
    name: bell | {"schedule": float(os.environ["EVERY"])} for name, bell in app.conf.beat_schedule.items()
}
