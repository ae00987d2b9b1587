from .reminders import reminders as reminders
from .reminders import turn_off as turn_off
from .reminders import turn_on as turn_on
