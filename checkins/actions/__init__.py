from .forgetting import forget as forget
from .monthly import ask_checkin as ask_checkin
from .monthly import ask_checkins as ask_checkins
from .monthly import set_question as set_question
from .planning import plan_reminders as plan_reminders
from .planning import send_now as send_now
from .replying import reply as reply
