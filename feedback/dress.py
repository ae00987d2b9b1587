"""The style and the one small script of a form stand in the page itself: on a slow line each further request costs
as much as the whole page. The content policy allows exactly these two texts, by their hash."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

STATIC = Path(settings.BASE_DIR) / "static"


def _pressed(text: str) -> str:
    """Without comments and the line breaks that nobody reads."""
    return re.sub(
        r"\s*\n\s*", "\n" if "//" in text else "", re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    ).strip()


STYLE = _pressed((STATIC / "css/ask.css").read_text(encoding="utf-8"))
SCRIPT = (STATIC / "js/listen.js").read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


HEAD: SafeString = mark_safe(f"<style>{STYLE}</style>")
TAIL: SafeString = mark_safe(f"<script>{SCRIPT}</script>")


POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src {_hash(STYLE)}",
        f"script-src {_hash(SCRIPT)}",
        "img-src 'self' data:",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
