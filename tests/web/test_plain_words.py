"""The words are for tired people on old phones: both languages stay easy to read, and say the same words for the same things."""

import json
import re
from itertools import chain
from statistics import median

import pytest
from django.conf import settings

from tests.web.reading import (
    english_syllables,
    fernandez_huerta,
    flesch_kincaid,
    plain,
    sentences,
    spanish_syllables,
)
from web import messages

# What is promised to readers, with a little room above what was measured: 3.1, 8.5, 89 and 88.
MEDIAN_GRADE = 4
SENTENCE_GRADE = 9
SPANISH_EASE = 75
LONGEST_SENTENCE = 18

PUBLIC = ("front", "how_it_works", "privacy", "accessibility")
ANSWERING = ("score", "share", "confirm_group", "my_answers", "evidence", "closed")


@pytest.fixture(scope="module")
def translated():
    path = settings.LOCALE_PATHS[0] / "es" / "LC_MESSAGES" / "django.po"
    return [message for message in messages.read(path, "es") if message.id]


@pytest.fixture(scope="module")
def english(translated):
    return list(chain.from_iterable(messages.as_forms(message.id) for message in translated))


@pytest.fixture(scope="module")
def spanish(translated):
    return list(chain.from_iterable(messages.as_forms(message.string) for message in translated))


@pytest.fixture(scope="module")
def content():
    """The framework and the promises, which are data: (English, Spanish)."""
    found = {"en": [], "es": []}

    def walk(node, key=""):
        if isinstance(node, dict):
            for name, value in node.items():
                walk(value, name)
        elif isinstance(node, list):
            for value in node:
                walk(value, key)
        elif isinstance(node, str) and (key in found or key.endswith("_es")):
            found["es" if key.endswith("es") else "en"].append(node)
        elif isinstance(node, str) and (
            key in {"text", "question", "name", "meaning"} or key.endswith("_en")
        ):
            found["en"].append(node)

    for name in ("framework.json", "words.json"):
        walk(json.loads((settings.BASE_DIR / "milestones" / "content" / name).read_text(encoding="utf-8")))
    return found


def length(text: str) -> int:
    return sum(map(len, sentences(plain(text))))


def whole(texts):
    """Those that say something: a label of a few words has no grade."""
    return [text for text in texts if length(text) >= 8]


def each_sentence(texts):
    return [" ".join(words) for text in texts for words in sentences(plain(text))]


def on_pages(translated, names):
    pages = {f"templates/{room}/{name}.html" for name in names for room in ("dashboards", "milestones")}
    chosen = [message for message in translated if pages & {place for place, _ in message.locations}]
    return [text for message in chosen for text in messages.as_forms(message.id)]


@pytest.mark.parametrize("names", [PUBLIC, ANSWERING], ids=["public pages", "answering"])
def test_the_pages_for_everyone_are_easy_english(translated, names):
    assert median(map(flesch_kincaid, whole(on_pages(translated, names)))) <= MEDIAN_GRADE


def test_all_english_is_easy(english, content):
    assert median(map(flesch_kincaid, whole(english))) <= MEDIAN_GRADE
    assert median(map(flesch_kincaid, whole(content["en"]))) <= MEDIAN_GRADE


def test_no_long_sentence_in_english_is_hard(english):
    long = [sentence for sentence in each_sentence(english) if length(sentence) > 12]
    assert [sentence for sentence in long if flesch_kincaid(sentence) > SENTENCE_GRADE] == []


def test_spanish_is_easy(spanish, content):
    assert fernandez_huerta(*spanish) >= SPANISH_EASE
    assert fernandez_huerta(*whole(spanish)) >= SPANISH_EASE
    assert fernandez_huerta(*content["es"]) >= SPANISH_EASE


def test_no_sentence_takes_more_than_one_breath(english, spanish):
    said = each_sentence(english + spanish)
    long = [sentence for sentence in said if length(sentence) > LONGEST_SENTENCE]
    assert long == [], "\n".join(long)


@pytest.mark.parametrize(
    "unwanted", ["please", "submit", "click here", "stakeholder", "leverage", "utilize", "impacted"]
)
def test_english_leaves_out(english, unwanted):
    assert [text for text in english if re.search(rf"\b{unwanted}", text, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "unwanted",
    [
        r"\b(tú|ti|contigo|tu|tus|puedes|tienes|quieres|eres|estás|haz)\b",  # the reader is usted
        r"\w@|\wxs\b|\bles? usuari|todes",  # everyone is meant, in words that can be read aloud
        r"\b(por favor|haga clic|haz clic|someter|aplicación|stakeholder)\b",
        r"\b(padres y proveedores|los padres)\b",  # as a group: familias
        r"\b(hitos?|consenso|disenso|evidencias?|brechas?|indicadores)\b",  # the glossary has plain words
    ],
)
def test_spanish_leaves_out(spanish, unwanted):
    assert [text for text in spanish if re.search(unwanted, text, re.IGNORECASE)] == []


def test_spanish_questions_open_and_close(spanish):
    assert [
        text for text in spanish if text.count("¿") != text.count("?") or text.count("¡") != text.count("!")
    ] == []


def test_a_translation_ends_as_the_original_does(translated):
    """A label stays a label and a sentence a sentence."""
    marks = re.compile(r"[.?!:…]?[”\")]?$")

    def ends(text):
        return marks.search(text)[0].strip('”")')

    odd = [
        (first, second)
        for message in translated
        for first, second in zip(
            messages.as_forms(message.id), messages.as_forms(message.string), strict=True
        )
        if (ends(first) == ".") != (ends(second) == ".") or (ends(first) == "?") != (ends(second) == "?")
    ]
    assert odd == []


GLOSSARY = {
    "Open the answers together": "Abrir juntos las respuestas",
    "What the table agrees": "Lo que acuerda la mesa",
    "Someone sees it differently": "Alguien lo ve diferente",
    "%(apart)s levels apart": "%(apart)s niveles de diferencia",
    "What have we seen?": "¿Qué hemos visto?",
    "Parents and providers": "Familias y proveedores",
    "Other members": "Otros miembros",
    "Parents": "Familias",
    "Not yet": "Todavía no",
    "Round": "Ronda",
    "You can skip this": "Puede saltar esto",
}


@pytest.mark.parametrize("term", GLOSSARY)
def test_the_glossary_holds(translated, term):
    assert {message.id: message.string for message in translated}[term] == GLOSSARY[term]


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("the", 1), ("table", 2), ("people", 2), ("milestone", 2), ("somebody", 3), ("someone", 2),
        ("opened", 2), ("closed", 1), ("answered", 2), ("votes", 1), ("changes", 2), ("evaluator", 5),
        ("coalition", 4), ("provider", 3), ("private", 2), ("language", 2), ("evidence", 3), ("idea", 3),
        ("doing", 2), ("doesn’t", 2), ("can’t", 1), ("agreement", 3), ("average", 3), ("every", 2),
    ],
)  # fmt: skip
def test_english_syllables(word, syllables):
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("familia", 3), ("ronda", 2), ("país", 2), ("aquí", 2), ("leer", 2), ("oír", 2), ("cuidado", 3),
        ("coalición", 4), ("siguiente", 3), ("averigüe", 4), ("y", 1), ("hoy", 1), ("ya", 1), ("ayuda", 3),
        ("todavía", 4), ("quién", 1), ("acuerda", 3), ("diferencia", 4), ("proveedores", 5), ("evalúa", 4),
    ],
)  # fmt: skip
def test_spanish_syllables(word, syllables):
    assert spanish_syllables(word) == syllables


def test_known_texts_get_known_scores():
    easy = "The cat sat on the mat."
    assert flesch_kincaid(easy) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert fernandez_huerta("La casa es roja.") == pytest.approx(206.84 - 60 * 6 / 4 - 1.02 * 4)
    assert flesch_kincaid("Your %(when)s <b>mat</b>.") == flesch_kincaid("Your this mat.")
