"""Links that leave this site in messages. Everything else links by path alone."""

from django.conf import settings

STOP_HERE = "[[stop]]"  # in a text: becomes the recipient's own stop link


def absolute(path: str) -> str:
    return settings.SITE_URL + path
