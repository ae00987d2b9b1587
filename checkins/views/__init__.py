from .reminders import reminders as reminders
