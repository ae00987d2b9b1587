"""What readers do with words, one at a time: put them in their place, translate them, hide them."""

from datetime import datetime

from django.db import transaction

from coalitions.actions import record
from coalitions.models import Seat, Verb

from ..models import Batch, SaidAndDone, Submission, Voice

SURELY_QUOTED = 20  # letters: shorter words may stand in a reply by chance


@transaction.atomic
def place_voice(*, voice: Voice, milestone: str, theme: str, translation: str, translated_into: str) -> Voice:
    """Last write wins. Hidden words stay as they are: nothing may bring them back."""
    voice = Voice.objects.select_for_update().get(pk=voice.pk)
    if not voice.hidden_because:
        voice.milestone, voice.theme, voice.translation = milestone, theme, translation
        voice.translated_into = translated_into if translation else ""
        voice.save(update_fields=["milestone", "theme", "translation", "translated_into"])
    return voice


@transaction.atomic
def hide_voice(*, voice: Voice, by: Seat, because: str, now: datetime) -> Voice:
    """The words are gone from every row that holds them, and not only from the pages; the reason is on record.

    Where they lay in the files is overwritten at the next gathering.
    """
    voice = Voice.objects.select_for_update(of=("self",)).select_related("batch__form").get(pk=voice.pk)
    if voice.hidden_because:
        return voice
    coalition = voice.batch.form.coalition
    gone = [text for text in (voice.text, voice.translation) if text]
    for reply in SaidAndDone.objects.select_for_update().filter(coalition=coalition):
        _forget_quotes(reply, gone)
    visit = Submission.objects.select_for_update().get(pk=voice.submission_id)
    visit.answers.pop(voice.question, None)
    visit.save(update_fields=["answers"])
    voice.text = voice.translation = voice.translated_into = voice.theme = ""
    voice.hidden_because = because
    voice.save(update_fields=["text", "translation", "translated_into", "theme", "hidden_because"])
    Batch.objects.filter(pk=voice.batch_id).update(overwritten=False)
    record(coalition=coalition, seat=by, verb=Verb.VOICE_HIDDEN, about=because, at=now)
    return voice


def _forget_quotes(reply: SaidAndDone, gone: list[str]) -> None:
    kept = {language: text for language, text in reply.said.items() if not _quotes(text, gone)}
    if kept != reply.said:
        reply.said = kept
        reply.save(update_fields=["said"])


def _quotes(text: str, gone: list[str]) -> bool:
    return any(words == text or (len(words) >= SURELY_QUOTED and words in text) for words in gone)
