from .reminders import previews as previews
from .reminders import reminder as reminder
