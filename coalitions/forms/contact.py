from django.utils.translation import gettext_lazy as _

from ..models import Seat
from .people import OneLine


class ContactForm(OneLine):
    """How the table reaches somebody, as they want it themselves."""

    class Meta:
        model = Seat
        fields = ["contact"]
        labels = {"contact": _("How the table reaches you")}
        help_texts = {"contact": _("Like a number for texts. Your leads see it.")}
        error_messages = {"contact": {"max_length": _("This is too long. Write 120 letters at most.")}}
