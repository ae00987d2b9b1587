from .gathering import gather_due as gather_due
from .sending import send as send
