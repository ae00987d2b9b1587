from .monthly import answer_checkin as answer_checkin
from .monthly import checkin as checkin
from .monthly import checkin_question as checkin_question
from .reminders import reminders as reminders
