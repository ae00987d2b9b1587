from .asking import ask as ask
from .asking import go as go
from .asking import heard as heard
