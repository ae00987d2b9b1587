"""What people outside read and are asked is whole in every language, and easy to read."""

import json
import re
import unicodedata
from itertools import combinations

import pytest
from django.conf import settings

from tests.web.reading import fernandez_huerta, flesch_kincaid, plain, sentences
from web.lines import hides_signs

LANGUAGES = ["en", "es", "zh-Hans", "vi", "ht", "ar"]
CONTENT = settings.BASE_DIR / "feedback" / "content"

GRADE = 6
SPANISH_EASE = 70
LONGEST_SENTENCE = 18
WHOLE = 8  # words: a text of fewer has no grade

LONGEST = {"button": 34, "choice": 40, "title": 48, "question": 120, "other": 160}
BUTTONS = {
    "back", "change", "code_link", "code_show", "done_again", "listen", "next", "send", "skip",
    "stop_listening", "warning_change", "warning_send",
}  # fmt: skip
READERS = ["parent", "provider", "advocate", "agency", "funder", "researcher", "other"]

# What a page fills in. A text that lost its placeholder in all six languages would agree with itself.
PLACEHOLDERS = {
    "start_about": {"n", "minutes"}, "start_who": {"state"}, "question_of": {"i", "n"},
    "promise": {"readers"}, "readers_and": {"first", "last"}, "danger": {"hotline"}, "help": {"phone"},
    "done_text": {"readers", "date"}, "done_text_no_date": {"readers"}, "done_code": {"code"},
    "said_by": {"date"}, "soon_text": {"date"}, "too_long": {"n"}, "paper_return": {"who"},
    "poster_time": {"minutes"},
}  # fmt: skip

# The same letters in two languages, and right in both.
ALIKE = {("en", "es", "No")}
SCRIPT = {"zh-Hans": "CJK", "ar": "ARABIC"}


def read(name):
    return json.loads((CONTENT / name).read_text(encoding="utf-8"))


SAID = read("words.json")
WORDS = SAID["words"]
SETS = read("questions.json")["sets"]
QUESTIONS = [question for each in SETS for question in each["questions"]]
TEXTS = {
    **WORDS,
    **{f"{each['code']}, title": each["title"] for each in SETS},
    **{each["code"]: each["text"] for each in QUESTIONS},
    **{
        f"{each['code']}: {choice['code']}": choice["text"]
        for each in QUESTIONS
        for choice in each.get("choices", ())
    },
}


def kind(key):
    if key in BUTTONS:
        return "button"
    if ": " in key:
        return "choice"
    if key.endswith("title"):
        return "title"
    return "other" if key in WORDS else "question"


def length(text):
    return sum(map(len, sentences(plain(text))))


def filled(key, language):
    """As it is read, with the longest readers there can be: one of the two is always a parent."""
    said = {name: WORDS[f"reader_{name}"][language] for name in READERS}
    pairs = [WORDS["readers_and"][language].format(first=said["parent"], last=said[last]) for last in READERS]
    return TEXTS[key][language].replace("{readers}", max(pairs, key=len))


def test_six_languages_are_offered_by_their_own_names():
    assert list(SAID["languages"]) == LANGUAGES
    assert len({each["name"] for each in SAID["languages"].values()}) == len(LANGUAGES)
    assert {code: each["dir"] for code, each in SAID["languages"].items()} == {
        code: "rtl" if code == "ar" else "ltr" for code in LANGUAGES
    }


@pytest.mark.parametrize("name", ["words.json", "questions.json"])
def test_the_files_stay_easy_to_compare(name):
    raw = (CONTENT / name).read_text(encoding="utf-8")
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, indent=1) + "\n"


def faulty(judge):
    """key -> what is wrong there, by a judge that is asked about each text."""
    return {key: wrong for key in TEXTS if (wrong := judge(key))}


def test_every_text_is_there_in_every_language():
    def missing(key):
        return list(TEXTS[key]) != LANGUAGES or [
            code for code, text in TEXTS[key].items() if not text or text != " ".join(text.split())
        ]

    assert faulty(missing) == {}


def test_every_text_has_the_same_blanks_in_every_language():
    def different(key):
        expected = sorted(PLACEHOLDERS.get(key, ()))
        return {
            code: text
            for code, text in TEXTS[key].items()
            if sorted(re.findall(r"\{(\w+)\}", text)) != expected
            or text.count("{") != len(expected)
            or text.count("}") != len(expected)
        }

    assert faulty(different) == {}


def test_no_text_holds_a_hidden_sign():
    def odd(text):
        unseen = any(unicodedata.category(sign) in {"Cf", "Co", "Cn"} for sign in text)
        return hides_signs(text) or unseen or not unicodedata.is_normalized("NFC", text)

    assert faulty(lambda key: [code for code, text in TEXTS[key].items() if odd(text)]) == {}


def test_every_text_fits_a_small_phone():
    def too_long(key):
        return {code: len(text) for code, text in TEXTS[key].items() if len(text) > LONGEST[kind(key)]}

    assert faulty(too_long) == {}


def test_every_text_is_written_in_the_letters_of_its_language():
    def foreign(key):
        return {
            code: text
            for code, text in TEXTS[key].items()
            for sign in re.sub(r"\{.*?\}", "", text)
            if sign.isalpha() and not unicodedata.name(sign).startswith(SCRIPT.get(code, "LATIN"))
        }

    assert faulty(foreign) == {}


def test_no_text_was_left_in_another_language():
    def copied(key):
        return {
            (first, second, TEXTS[key][first])
            for first, second in combinations(LANGUAGES, 2)
            if TEXTS[key][first] == TEXTS[key][second]
        } - ALIKE

    assert faulty(copied) == {}


def test_a_translation_ends_as_the_original_does():
    """A label stays a label, a sentence a sentence, a question a question; a blank may stand last."""
    plainer = str.maketrans("。？！؟", ".?!?")

    def uneven(key):
        ends = {text.translate(plainer)[-1] for text in TEXTS[key].values()}
        return ends if len({end if end in ".?!" else "" for end in ends}) > 1 else None

    assert faulty(uneven) == {}


def test_no_sentence_takes_more_than_one_breath():
    def breathless(key):
        said = [" ".join(words) for code in ("en", "es") for words in sentences(plain(filled(key, code)))]
        return [sentence for sentence in said if length(sentence) > LONGEST_SENTENCE]

    assert faulty(breathless) == {}


def test_every_text_is_easy_english():
    def hard(key):
        text = TEXTS[key]["en"]
        return length(text) >= WHOLE and flesch_kincaid(text) > GRADE

    assert faulty(hard) == {}


def test_every_text_is_easy_spanish():
    def hard(key):
        text = TEXTS[key]["es"]
        return length(text) >= WHOLE and fernandez_huerta(text) < SPANISH_EASE

    assert faulty(hard) == {}


@pytest.mark.parametrize(
    ("language", "unwanted"),
    [
        ("en", r"\b(please|submit|click|stakeholder|leverage|impacted)"),
        ("es", r"\b(tú|ti|contigo|tus?|puedes|tienes|quieres|eres|haz)\b"),  # the reader is usted
        ("es", r"\b(por favor|haga clic|someter|los padres)\b|\w@|\wxs\b"),
        ("es", r"^[^¿]*\?|¿[^?]*$"),
        ("zh-Hans", r"[,;?!]|\.(?!\d)|你"),  # its own signs, and the polite word for you
        ("vi", r"\b(bạn|anh chị)\b"),  # the reader is quý vị
        ("ar", r"[,;?]"),
    ],
)
def test_no_text_says(language, unwanted):
    assert faulty(lambda key: re.search(unwanted, TEXTS[key][language], re.IGNORECASE)) == {}


def test_all_of_it_together_is_easy():
    english = [filled(key, "en") for key in TEXTS]
    spanish = [TEXTS[key]["es"] for key in TEXTS]
    assert flesch_kincaid(*english) <= GRADE
    assert flesch_kincaid(*[text for text in english if length(text) >= WHOLE]) <= GRADE
    assert fernandez_huerta(*spanish) >= SPANISH_EASE
    assert fernandez_huerta(*[text for text in spanish if length(text) >= WHOLE]) >= SPANISH_EASE


def test_every_reader_can_be_named():
    assert {f"reader_{name}" for name in READERS} <= set(WORDS)
    assert set(WORDS) >= BUTTONS
    assert set(PLACEHOLDERS) <= set(WORDS)


def test_one_set_for_each_milestone_and_one_for_anything():
    framework = json.loads(
        (settings.BASE_DIR / "milestones" / "content" / "framework.json").read_text(encoding="utf-8")
    )
    codes = [milestone["code"] for milestone in framework["milestones"]]
    assert [each["milestone"] for each in SETS] == [*codes, None]
    assert SETS[-1]["code"] == "anything"


def test_no_code_is_given_twice():
    named = [each["code"] for each in SETS] + [each["code"] for each in QUESTIONS]
    assert len(named) == len(set(named))
    assert [code for code in named if not re.fullmatch(r"[a-z][a-z_]{2,39}", code)] == []
    for question in QUESTIONS:
        codes = [choice["code"] for choice in question.get("choices", ())]
        assert len(codes) == len(set(codes))
        assert [code for code in codes if not re.fullmatch(r"[a-z][a-z_]{1,39}", code)] == []


@pytest.mark.parametrize("each", SETS, ids=lambda each: each["code"])
def test_a_set_is_short_and_leaves_room_for_own_words(each):
    assert set(each) == {"code", "milestone", "title", "questions"}
    assert 2 <= len(each["questions"]) <= 4
    kinds = [question["kind"] for question in each["questions"]]
    assert kinds[-1] == "open" and "open" not in kinds[:-1]  # ticking comes before writing


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["code"])
def test_a_question_is_asked_as_its_kind_needs(question):
    if question["kind"] == "open":
        assert set(question) == {"code", "kind", "text"}
        return
    assert set(question) == {"code", "kind", "text", "choices"}
    codes = [choice["code"] for choice in question["choices"]]
    assert codes[-1] == "dont_know" and "dont_know" not in codes[:-1]
    assert len(codes) - 1 in {"choice": range(2, 8), "scale": range(4, 6)}[question["kind"]]
    for language in LANGUAGES:
        said = [choice["text"][language] for choice in question["choices"]]
        assert len(said) == len(set(said))
        assert [text for text in said if re.search(r"\d", text)] == []


def test_the_same_answer_is_said_the_same_way():
    for code in ("dont_know", "not_hard", "very_hard", "yes_often", "yes_once"):
        said = [
            choice["text"]
            for question in QUESTIONS
            for choice in question.get("choices", ())
            if choice["code"] == code
        ]
        assert said and all(text == said[0] for text in said)
