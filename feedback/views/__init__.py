from .asking import ask as ask
from .asking import go as go
