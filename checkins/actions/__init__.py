from .planning import plan_reminders as plan_reminders
