from .digest import digest as digest
from .releases import released as released
from .reminders import previews as previews
from .reminders import reminder as reminder
