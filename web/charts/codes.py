import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def code_to_scan(address: str, label: str) -> SafeString:
    """A QR code of an address, dark on light in either theme, since cameras need it so."""
    made = segno.make(address, error="m", micro=False)
    squares = made.svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return format_html('<span class="code" role="img" aria-label="{}">{}</span>', label, mark_safe(squares))
