from .digest import digest as digest
from .monthly import invitation as invitation
from .releases import released as released
from .reminders import Blank as Blank
from .reminders import previews as previews
from .reminders import reminder as reminder
