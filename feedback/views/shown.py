"""Rows of questions as the pages of leads list them."""

from typing import Any

from ..forms.making import in_reading_language, language_name, tongues
from ..models import Wording
from ..queries import Made
from ..queries.making import texts_of
from ..visit import Question
from ..words import ready_made


def rows_of(wording: Wording, questions: tuple[Question, ...]) -> list[dict[str, Any]]:
    """Each question with its number, its answers, and the languages in which something is missing."""
    first = wording.languages[0]
    return [
        {
            "question": question,
            "text": question.says(first),
            "text_in": question.spoken_in(first),
            "answers": [choice.says(first) for choice in question.choices],
            "missing": [language_name(each) for each in wording.languages if not _is_whole(question, each)],
            "spoken": tongues(wording.content.get("recorded", {}).get(question.code, [])),
        }
        for question in questions
    ]


def _is_whole(question: Question, language: str) -> bool:
    return all(text.get(language) for text in texts_of(question))


def questions_for_adding(made: Made) -> list[tuple[str, list[tuple[str, str]]]]:
    """The ready-made questions that are not on the form, by set."""
    here = {question.code for question in made.questions}
    found = [
        (
            in_reading_language(each["title"]),
            [
                (question["code"], in_reading_language(question["text"]))
                for question in each["questions"]
                if question["code"] not in here
            ],
        )
        for each in ready_made()
    ]
    return [(title, questions) for title, questions in found if questions]


def questions_of_sets(field: Any) -> list[tuple[Any, str, list[str]]]:
    """Each set as something to pick, with the number of its milestone and what it asks."""
    return [
        (
            option,
            (each["milestone"] or "").removeprefix("M"),
            [in_reading_language(question["text"]) for question in each["questions"]],
        )
        for option, each in zip(field, ready_made(), strict=True)
    ]
