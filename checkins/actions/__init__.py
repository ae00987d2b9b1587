from .doorbell import ring as ring
from .forgetting import forget_silence as forget_silence
from .planning import plan_reminders as plan_reminders
from .planning import send_now as send_now
from .silencing import silence as silence
from .silencing import unsilence as unsilence
