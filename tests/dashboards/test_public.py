import re

import pytest

PAGES = ["/", "/how-it-works/", "/privacy/", "/accessibility/"]


@pytest.mark.parametrize("path", PAGES)
def test_anyone_can_read_it(visitor, path):
    html = visitor.get(path).content.decode()
    assert html.count("<h1") == 1
    assert "style=" not in html
    assert "not endorsed by them" in html


@pytest.mark.parametrize("path", PAGES)
def test_it_speaks_both_languages(visitor, path):
    answer = visitor.get(path, headers={"accept-language": "es"})
    assert '<html lang="es"' in answer.content.decode()


def test_the_front_page_leads_to_signing_in_or_to_the_table(visitor, client_of, lead):
    assert 'href="/sign-in/"' in visitor.get("/").content.decode()
    assert 'href="/tables/"' in client_of(lead).get("/").content.decode()


def test_the_front_page_shows_an_invented_board_and_says_so(visitor):
    html = visitor.get("/").content.decode()
    assert "these numbers are made up" in html
    assert '<table class="board">' in html
    assert len(re.findall(r"<h3>[^<]+</h3><p class=\"mute\">", html)) == 7


def test_the_board_says_every_count_in_words(visitor):
    assert (
        "Parents and providers, 13 people: 1 Not yet: 3, 2 Starting: 6" in visitor.get("/").content.decode()
    )


def test_how_it_works_has_every_level_of_every_milestone(visitor):
    html = visitor.get("/how-it-works/").content.decode()
    assert html.count("<details><summary>") == 7
    assert html.count('<span class="lvl">') == 5 + 7 * 5


def test_privacy_says_the_two_rules(visitor):
    html = visitor.get("/privacy/").content.decode()
    for promise in ("five or more people", "Take away any two", "the WAL", "Not even you"):
        assert promise in html
