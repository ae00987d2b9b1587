from .reminders import SendNowForm as SendNowForm
from .reminders import TurnForm as TurnForm
