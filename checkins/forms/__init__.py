from .monthly import CheckinForm as CheckinForm
from .monthly import QuestionForm as QuestionForm
from .reminders import SendNowForm as SendNowForm
from .reminders import TurnForm as TurnForm
