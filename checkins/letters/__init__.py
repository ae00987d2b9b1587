from .monthly import invitation as invitation
from .reminders import previews as previews
from .reminders import reminder as reminder
