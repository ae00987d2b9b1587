from .sending import send as send
