from .monthly import answer_checkin as answer_checkin
from .monthly import checkin as checkin
from .monthly import checkin_question as checkin_question
from .reminders import reminders as reminders
from .reminders import turn_off as turn_off
from .reminders import turn_on as turn_on
