"""A person who reads a question aloud, for people who would rather listen.

Which recordings there are also stands beside the words, so that a visitor's page needs no query for it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Seat
from web.refusal import Refused

from ..models import Form, Recording, Wording
from .wording import without_recording

MOST_BYTES = 400 * 1024
SONGS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"3gp4", b"3gp5", b"dash")


def media_type(raw: bytes) -> str:
    """By what is in it, whatever it is called; empty for what no phone plays everywhere."""
    if raw[:3] == b"ID3" or (len(raw) > 1 and raw[0] == 0xFF and raw[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    if raw[4:8] == b"ftyp" and raw[8:12] in SONGS:
        return "audio/mp4"
    if raw[:4] == b"OggS":
        return "audio/ogg"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WAVE":
        return "audio/wav"
    return ""


@transaction.atomic
def keep_recording(*, wording: Wording, question: str, language: str, raw: bytes, by: Seat) -> None:
    """Instead of the one there was. Published words may get a voice too: it changes none of them."""
    kind = media_type(raw)
    if len(raw) > MOST_BYTES:
        raise Refused(too_large())
    if not kind:
        raise Refused(_("We cannot play this file. Send an MP3, M4A, OGG or WAV file."))
    wording = _locked(wording)
    Recording.objects.update_or_create(
        wording=wording,
        question=question,
        language=language,
        defaults={"sound": raw, "media_type": kind, "by": by},
    )
    recorded = wording.content.get("recorded", {})
    spoken = sorted({*recorded.get(question, ()), language})
    wording.content = {**wording.content, "recorded": {**recorded, question: spoken}}
    wording.save(update_fields=["content"])


@transaction.atomic
def drop_recording(*, wording: Wording, question: str, language: str) -> None:
    wording = _locked(wording)
    Recording.objects.filter(wording=wording, question=question, language=language).delete()
    wording.content = without_recording(wording.content, code=question, language=language)
    wording.save(update_fields=["content"])


def _locked(wording: Wording) -> Wording:
    Form.objects.select_for_update().get(pk=wording.form_id)
    return Wording.objects.get(pk=wording.pk)


def too_large() -> str:
    return _("The file is too large. Send one of %(n)s KB or less: about half a minute.") % {
        "n": MOST_BYTES // 1024
    }
