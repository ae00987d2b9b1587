from .reminders import Blank as Blank
from .reminders import previews as previews
from .reminders import reminder as reminder
