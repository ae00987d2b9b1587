from .planning import plan_reminders as plan_reminders
from .planning import send_now as send_now
