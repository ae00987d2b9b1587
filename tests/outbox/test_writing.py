"""What goes into the outbox, and what is refused at its door."""

from datetime import timedelta

import pytest

from outbox import bell
from outbox.actions.writing import Letter, enqueue, enqueue_all
from outbox.models import Message, StopLink
from outbox.queries import kept_here
from outbox.registry import KINDS, register_kind
from web.refusal import Refused


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("rosa@example.org\r\nBcc: all@example.org", "not an email"),
        ("rosa@example.org\n", "not an email"),
        ("rosa@exa\rmple.org", "not an email"),
        ("rosa\x00@example.org", "not an email"),
        ("", "not an email"),
        ("rosa", "not an email"),
        ("rosa@example.org, sam@example.org", "not an email"),
        ("Rosa <rosa@example.org>", "not an email"),
        ("niña@example.org", "letters"),
        ("rosa@münchen.example", "letters"),
        ("r" * 288 + "@example.org", "too long"),
    ],
)
def test_an_address_that_no_mail_reaches_is_refused(write, to, said):
    with pytest.raises(Refused, match=said):
        write(to, key="k")
    assert not Message.objects.exists()


def test_an_address_is_kept_in_lower_case(write):
    assert write(" Rosa@Example.ORG ", key="k").to == "rosa@example.org"


def test_the_same_meaning_is_written_once(write):
    first = write("rosa@example.org", key="round/7/seat/5/midpoint")
    again = write("rosa@example.org", key="round/7/seat/5/midpoint", subject="Other words")
    assert (again.pk, again.subject, again.message_id) == (first.pk, first.subject, first.message_id)
    assert Message.objects.count() == 1


def test_it_is_frozen_with_its_own_id(write, settings):
    settings.DEFAULT_FROM_EMAIL = "Common Table <table@people.example>"
    one, other = write(key="a"), write(key="b")
    assert one.message_id.endswith("@people.example>")
    assert one.message_id != other.message_id
    assert str(one) == one.message_id


def test_a_line_break_in_a_subject_begins_no_header(write):
    assert write(subject="A word\r\nBcc: all@example.org").subject == "A word Bcc: all@example.org"


def test_it_means_something_until_it_says(write, now):
    assert write(key="a").not_after == now + timedelta(days=4)
    assert write(key="b", not_before=now + timedelta(days=1)).not_after == now + timedelta(days=5)
    assert write(key="c", not_after=now + timedelta(minutes=20)).not_after == now + timedelta(minutes=20)


def test_a_name_nobody_registered_is_our_own_mistake(write):
    with pytest.raises(LookupError, match="check"):
        write(check="nobody.knows")
    with pytest.raises(LookupError, match="kind"):
        write(kind="nobody knows")


def test_what_people_can_stop_carries_their_own_link(write, settings):
    settings.SITE_URL = "https://table.example"
    one = write(
        "rosa@example.org", key="a", kind="reminder", text="Stop: [[stop]]", html="<a href='[[stop]]'>"
    )
    same = write("rosa@example.org", key="b", kind="reminder")
    other = write("rosa@example.org", key="c", kind="digest")
    link = f"https://table.example{StopLink.objects.get(kind='reminder').get_absolute_url()}"
    assert one.headers == same.headers != other.headers
    assert one.headers == {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert (one.text, one.html) == (f"Stop: {link}", f"<a href='{link}'>")
    assert "rosa" not in link


def test_only_the_last_place_is_the_stop_link_since_people_type_the_others(write):
    message = write(kind="reminder", text="Hello [[stop]],\n\nNo more: [[stop]]")
    link = StopLink.objects.get().token
    assert message.text.startswith("Hello [[stop]],")
    assert (message.text.count(link), message.html.count('href="')) == (1, 1)


def test_html_of_its_own_is_kept(write):
    assert write(html="<p>Mine</p>").html == "<p>Mine</p>"


def test_what_they_asked_for_carries_none(write):
    assert write().headers == {}


@pytest.mark.django_db
def test_many_cost_a_few_queries_for_every_500(now, django_assert_max_num_queries):
    letters = [
        Letter(key=f"k/{n}", to=f"p{n}@example.org", subject="s", text="t", kind="reminder")
        for n in range(600)
    ]
    with django_assert_max_num_queries(30):  # SQLite takes fewer rows at a time
        enqueue_all(letters, now=now)
    enqueue_all(iter(letters), now=now)
    assert Message.objects.waiting().count() == StopLink.objects.count() == 600


@pytest.mark.django_db
def test_some_of_many_can_be_stopped(now, monkeypatch):
    monkeypatch.setitem(KINDS, "notice", "")  # taken back after the test
    register_kind("notice", "Notices")
    enqueue_all(
        [
            Letter(key=kind, to="rosa@example.org", subject="s", text="t", kind=kind)
            for kind in ("", "notice")
        ],
        now=now,
    )
    assert [bool(Message.objects.get(kind=kind).headers) for kind in ("", "notice")] == [False, True]
    assert [str(row.key) for row in kept_here(most=1)] == ["notice"]


def test_who_waits_for_it_rings(now, monkeypatch, django_capture_on_commit_callbacks, db):
    rung = []
    monkeypatch.setattr(bell, "ring", lambda: rung.append(True))
    letter = Letter(key="k", to="rosa@example.org", subject="s", text="t")
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(letter, now=now)
    assert rung == []
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(letter, now=now, at_once=True)
        assert rung == []
    assert rung == [True]
