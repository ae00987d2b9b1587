"""What a visitor reads when there is no page for them."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_no_such_page(visitor):
    answer = visitor.get("/nothing/here/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_table_of_others_looks_like_no_table(client_of, outsider, coalition):
    client = client_of(outsider)
    theirs = client.get(reverse("people", args=["care-forward"]))
    nobodys = client.get(reverse("people", args=["no-such-table"]))
    assert theirs.status_code == nobodys.status_code == 404
    assert _same(theirs).replace("care-forward", "no-such-table") == _same(nobodys)


def _same(answer):
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())


def test_a_page_for_another_seat(client_of, provider):
    answer = client_of(provider).get(reverse("settings_page", args=["care-forward"]))
    assert answer.status_code == 403
    assert "not open to your seat" in answer.content.decode()


def test_a_form_without_its_token(lead):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead.member)
    answer = client.post(reverse("want_seat", args=["care-forward"]), {"who": "A dad"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_these_stand_without_the_site_and_speak_both_languages(name):
    html = (TEMPLATES / name).read_text()
    assert "{%" not in html
    assert 'lang="en"' in html
    assert 'lang="es"' in html
