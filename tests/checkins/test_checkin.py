"""The page of the check-in: one form, nothing that must be filled in, and everybody at the table reads it."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checkins.actions import ask_checkins, reply
from checkins.actions.replying import News
from checkins.models import Checkin, How, Reply, StepNews
from checkins.queries.steps import all_steps, open_steps
from coalitions.actions import leave_table
from coalitions.models import Group, Seat
from dashboards.actions import close_account
from members.models import Member
from milestones.models import Agreement, Evidence
from tests.factories.rounds import an_open_round
from tests.factories.tables import a_seat
from web.refusal import Refused

pytestmark = pytest.mark.django_db
PAGE, ANSWER, HOME = "/c/care-forward/check-in/", "/c/care-forward/check-in/answer/", "/c/care-forward/"
THE_FIFTH = datetime(2026, 11, 5, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(THE_FIFTH)


def text(browser, address=PAGE) -> str:
    answer = browser.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def send(browser, **typed):
    said = {"form_id": uuid.uuid4(), **typed}
    return browser.post(ANSWER, said, headers={"accept-language": "en"})


def said_by(seat) -> Reply:
    return Reply.objects.get(seat=seat)


def test_nothing_new_is_an_answer(asked, client_of, provider):
    browser = client_of(provider)
    answer = send(browser, nothing="1")
    assert (answer.status_code, answer.url) == (303, PAGE)
    assert (said_by(provider).words, said_by(provider).on) == ("", THE_FIFTH.date())
    page = text(browser)
    assert "Thank you. Your table can read it now." in page
    assert "Nothing new this month." in page


def test_it_says_who_reads_it_before_anything_is_sent(asked, client_of, provider):
    page = text(client_of(provider))
    said, button = (
        page.index("Everybody at your table can read it, with your name."),
        page.index("Send my check-in"),
    )
    assert said < button


def test_each_way_in_which_a_step_stands(asked, client_of, provider, promise, coalition):
    kept, going, moved, helped = (promise(provider, position=n, text=f"Step {n}") for n in (1, 2, 3, 4))
    quiet = promise(provider, position=5, text="Step 5")
    page = text(client_of(provider))
    assert all(f"Step {n}" in page for n in range(1, 6))
    answer = send(
        client_of(provider),
        **{f"how_{kept.pk}": "kept", f"how_{going.pk}": "going", f"line_{going.pk}": "Two of five"},
        **{f"how_{moved.pk}": "moved", f"due_{moved.pk}": "2026-12-31", f"how_{helped.pk}": "help"},
        **{f"how_{quiet.pk}": "", "words": "We have a room now."},
    )
    assert answer.status_code == 303
    stands = {step.text: (step.how, step.due, step.words) for step in all_steps(coalition)}
    assert stands == {
        "Step 1": (How.KEPT, date(2026, 12, 20), ""),
        "Step 2": (How.ON_THE_WAY, date(2026, 12, 20), "Two of five"),
        "Step 3": (How.MOVED, date(2026, 12, 31), ""),
        "Step 4": (How.HELP, date(2026, 12, 20), ""),
        "Step 5": (None, date(2026, 12, 20), ""),
    }
    assert [step.text for step in open_steps(coalition)] == ["Step 2", "Step 3", "Step 4", "Step 5"]
    assert said_by(provider).words == "We have a room now."


def test_only_ones_own_steps_are_asked_and_taken(asked, client_of, provider, parent, promise):
    theirs = promise(parent)
    assert f"how_{theirs.pk}" not in text(client_of(provider))
    answer = send(client_of(provider), **{f"how_{theirs.pk}": "kept"})
    assert answer.status_code == 422
    assert "A next step has changed" in answer.content.decode()
    assert not StepNews.objects.exists()
    with pytest.raises(Refused):
        reply(
            checkin=asked, seat=provider, words="", news=[News(theirs.pk, "kept")], seen=None, language="en",
            now=THE_FIFTH, form=uuid.uuid4(),
        )  # fmt: skip
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"how": "moved"}, "Pick a new day."),
        ({"how": "moved", "due": "2026-11-04"}, "Pick today or a later day."),
        ({"how": "moved", "due": "soon"}, "Enter a valid date."),
        ({"how": "moved", "due": "3026-01-01"}, "Ensure this value is less than"),
        ({"how": "going", "due": "2026-12-31"}, "Choose “Needs more time” too, or empty the day."),
        ({"line": "my line"}, "Choose how it stands, so that your line has a place."),
        ({"how": "going", "line": "my\u202eline"}, "Write this on one line, in plain letters."),
        ({"how": "lost"}, "Pick one from the list."),
        ({"how": "going", "line": "x" * 301}, "Ensure this value has at most 300"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(asked, client_of, provider, promise, typed, told):
    step = promise(provider)
    fields = {f"{name}_{step.pk}": value for name, value in typed.items()}
    answer = send(client_of(provider), words="kept words", **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "kept words" in page
    for name in ("due", "line"):
        assert typed.get(name, "") in page
    if typed.get("how") in How.values:
        assert re.search(rf'value="{typed["how"]}"[^>]*checked', page)
    assert not Reply.objects.exists()
    assert not StepNews.objects.exists()


def test_a_step_may_move_to_today(asked, client_of, provider, promise):
    step = promise(provider)
    assert (
        send(client_of(provider), **{f"how_{step.pk}": "moved", f"due_{step.pk}": "2026-11-05"}).status_code
        == 303
    )


def test_the_rule_about_days_holds_without_the_form(asked, provider, promise):
    step = promise(provider)
    for due in (None, date(2026, 11, 4)):
        with pytest.raises(Refused, match="Pick a new day"):
            reply(
                checkin=asked, seat=provider, words="", news=[News(step.pk, "moved", due)], seen=None,
                language="en", now=THE_FIFTH, form=uuid.uuid4(),
            )  # fmt: skip


def test_nothing_new_does_not_throw_away_what_was_written(asked, client_of, provider, promise):
    step = promise(provider)
    for typed in ({"words": "Wait"}, {f"how_{step.pk}": "help"}, {"seen_title": "A vote", "seen_item": "1"}):
        answer = send(client_of(provider), nothing="1", **typed)
        assert answer.status_code == 422
        assert "You wrote something below." in answer.content.decode()
    assert not Reply.objects.exists()


def test_a_double_tap_stores_once(asked, client_of, provider, promise):
    step, form = promise(provider), uuid.uuid4()
    typed = {f"how_{step.pk}": "going", "seen_title": "A vote log", "seen_item": "2", "words": "once"}
    for _ in range(2):
        assert send(client_of(provider), form_id=form, **typed).status_code == 303
    assert (Reply.objects.count(), StepNews.objects.count(), Evidence.objects.count()) == (1, 1, 1)


def test_the_same_number_from_somebody_else_takes_nothing_from_anybody(asked, client_of, provider, parent):
    form = uuid.uuid4()
    send(client_of(provider), form_id=form, words="mine")
    answer = send(client_of(parent), form_id=form, words="other")
    assert (answer.status_code, "other" in answer.content.decode()) == (422, True)
    assert said_by(provider).words == "mine"


def test_an_old_page_sent_again_the_month_after_is_no_error(
    asked, client_of, provider, promise, time_machine
):
    step, form = promise(provider), uuid.uuid4()
    send(client_of(provider), form_id=form, **{f"how_{step.pk}": "going"})
    send(client_of(provider), words="newer", **{f"how_{step.pk}": "going"})
    december = datetime(2026, 12, 1, 15, tzinfo=UTC)
    time_machine.move_to(december)
    ask_checkins(now=december)
    assert send(client_of(provider), form_id=form, **{f"how_{step.pk}": "help"}).status_code == 303
    assert [news.how for news in StepNews.objects.all()] == ["going", "help"]


def test_it_can_be_changed_in_that_month(asked, client_of, provider, promise, coalition, time_machine):
    first, second = promise(provider, position=1), promise(provider, position=2, text="Read it aloud")
    browser = client_of(provider)
    send(browser, words="before", **{f"how_{first.pk}": "kept", f"how_{second.pk}": "help"})
    page = text(browser)
    assert "Change what I said" in page
    assert "before" in page
    assert re.search(r'value="kept"[^>]*checked', page), (
        "what was said to be done can still be said otherwise"
    )
    time_machine.move_to(THE_FIFTH + timedelta(days=9))
    send(browser, words="after", **{f"how_{first.pk}": "going", f"how_{second.pk}": ""})
    assert said_by(provider).words == "after"
    assert [(step.text, step.how) for step in open_steps(coalition)] == [
        ("Call the dads", How.ON_THE_WAY), ("Read it aloud", None),
    ]  # fmt: skip
    assert StepNews.objects.get().on == date(2026, 11, 14)


def test_what_is_not_changed_keeps_its_day_and_its_language(asked, client_of, parent, promise, time_machine):
    step = promise(parent)
    browser = client_of(parent)
    browser.post("/language/", {"language": "es"})
    typed = {f"how_{step.pk}": "going", f"line_{step.pk}": "ya casi"}
    browser.post(ANSWER, {"form_id": uuid.uuid4(), **typed})
    time_machine.move_to(THE_FIFTH + timedelta(days=9))
    browser.post("/language/", {"language": "en"})
    browser.post(ANSWER, {"form_id": uuid.uuid4(), "words": "and in English", **typed})
    news = StepNews.objects.get()
    assert (news.on, news.language, said_by(parent).language) == (THE_FIFTH.date(), "es", "en")


def test_a_step_said_to_be_done_is_not_asked_the_month_after(
    asked, client_of, provider, promise, time_machine
):
    step = promise(provider)
    send(client_of(provider), **{f"how_{step.pk}": "kept"})
    december = datetime(2026, 12, 1, 15, tzinfo=UTC)
    time_machine.move_to(december)
    ask_checkins(now=december)
    page = text(client_of(provider))
    assert f"how_{step.pk}" not in page
    assert "Check-in for December" in page
    assert "November 2026" in page, "earlier months are below"
    assert "<b>Done:</b> Call the dads" in page


def test_past_its_month_nothing_is_taken(asked, client_of, provider, time_machine):
    with pytest.raises(Refused, match="over"):
        reply(
            checkin=asked, seat=provider, words="late", news=[], seen=None, language="en",
            now=datetime(2026, 12, 1, 5, 1, tzinfo=UTC), form=uuid.uuid4(),
        )  # fmt: skip
    time_machine.move_to(datetime(2026, 12, 1, 5, 1, tzinfo=UTC))
    browser = client_of(provider)
    assert send(browser, words="late").status_code == 303
    assert "No check-in is asked now, so nothing was saved." in text(browser)
    assert not Reply.objects.exists()


def test_a_prepared_check_in_is_not_answered_before_it_is_asked(opened_round, client_of, provider, coalition):
    checkin = Checkin.objects.create(
        coalition=coalition, month=date(2026, 11, 1), question={"en": "Too early?"}
    )
    page = text(client_of(provider))
    assert "Too early?" not in page
    assert "Send my check-in" not in page
    with pytest.raises(Refused):
        reply(
            checkin=checkin, seat=provider, words="x", news=[], seen=None, language="en", now=THE_FIFTH,
            form=uuid.uuid4(),
        )  # fmt: skip


# What we have seen


def test_something_we_have_seen_goes_to_its_milestone(asked, client_of, provider, opened_round):
    typed = {"seen_item": "3", "seen_title": "One page, signed by all", "seen_note": "In two languages"}
    assert send(client_of(provider), **typed).status_code == 303
    seen = Evidence.objects.get()
    assert (seen.round, seen.item_code, seen.title, seen.note) == (
        opened_round, opened_round.version.items.get(position=3).code, "One page, signed by all",
        "In two languages",
    )  # fmt: skip
    assert seen.private_to is None
    assert said_by(provider).words == "One page, signed by all", "so that it does not stand as nothing new"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"seen_title": "A vote"}, "Pick the milestone it is about."),
        ({"seen_item": "2"}, "Say what we have seen, or empty this part."),
        ({"seen_note": "alone"}, "Say what we have seen, or empty this part."),
        ({"seen_title": "A vote", "seen_item": "99"}, "Pick one from the list."),
    ],
)
def test_half_of_it_is_asked_for_and_kept(asked, client_of, provider, typed, told):
    answer = send(client_of(provider), **typed)
    page = answer.content.decode()
    assert (answer.status_code, told in page) == (422, True)
    assert typed.get("seen_title", "") in page
    assert not Evidence.objects.exists()


def test_while_a_round_runs_nothing_seen_goes_around_its_opening(
    asked, client_of, provider, coalition, lead, opened_round
):
    an_open_round(coalition, lead, version=opened_round.version, now=THE_FIFTH)
    assert "seen_title" not in text(client_of(provider))
    answer = send(client_of(provider), seen_title="A vote", seen_item="2")
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)
    assert "A round is running. Add what you have seen there." in answer.content.decode()
    assert send(client_of(provider), words="hello").status_code == 303


# Who reads, who answers


def test_everybody_who_reads_the_table_reads_it_and_observers_do_not_answer(
    asked, client_of, provider, observer, facilitator, promise
):
    step = promise(provider)
    send(
        client_of(provider),
        words="We have a room now.",
        **{f"how_{step.pk}": "help", f"line_{step.pk}": "A van"},
    )
    for who in (observer, facilitator):
        page = text(client_of(who))
        for words in ("Prue Provider", "We have a room now.", "Asks for help:", "A van"):
            assert words in page
    assert "Send my check-in" not in text(client_of(observer))
    assert send(client_of(observer), words="I too").status_code == 403
    assert Reply.objects.count() == 1


def test_whoever_can_own_a_step_says_how_it_stands_without_a_seat_that_answers(
    asked, client_of, facilitator, promise
):
    step = promise(facilitator)
    assert "seen_title" not in text(client_of(facilitator))
    assert send(client_of(facilitator), seen_title="A vote", seen_item="2").status_code == 422
    assert send(client_of(facilitator), **{f"how_{step.pk}": "help"}).status_code == 303
    assert Reply.objects.get().seat == facilitator


def test_another_table_reads_nothing_and_gets_nothing(asked, client_of, outsider, provider, other_coalition):
    send(client_of(provider), words="We have a room now.")
    assert client_of(outsider).get(PAGE).status_code == 404
    assert send(client_of(outsider), words="x").status_code == 404
    page = text(client_of(outsider), "/c/kansas-cares/check-in/")
    assert "We have a room now." not in page
    assert "Check-ins begin after your table opens its first answers together." in page


def test_a_handed_link_says_nothing_under_the_name_of_its_seat(asked, through_link, provider):
    browser = through_link(provider)
    assert "Send my check-in" not in text(browser)
    assert send(browser, words="by a link").status_code == 403
    assert not Reply.objects.exists()


def test_words_stand_in_their_language(asked, client_of, parent, provider):
    browser = client_of(parent)
    browser.post("/language/", {"language": "es"})
    browser.post(ANSWER, {"form_id": uuid.uuid4(), "words": "Ya tenemos sala."})
    assert '<p class="voice" lang="es">“Ya tenemos sala.”' in text(client_of(provider))
    assert '<p class="voice">“Ya tenemos sala.”' in browser.get(PAGE).content.decode()


def test_words_are_shown_as_words(asked, client_of, provider):
    send(client_of(provider), words="<script>alert(1)</script>")
    page = text(client_of(provider))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_get_of_the_form_s_address_goes_to_the_page(asked, client_of, provider):
    assert client_of(provider).get(ANSWER).url == PAGE


def test_it_says_when_the_next_one_comes(opened_round, client_of, provider, coalition, lead):
    assert "The next one comes on Tuesday, December 1." in text(client_of(provider))
    an_open_round(coalition, lead, version=opened_round.version, now=THE_FIFTH)
    assert "While this round runs, no new check-in goes out." in text(client_of(provider))


# Home


def test_home_has_the_task_until_it_is_answered(asked, client_of, provider, observer):
    browser = client_of(provider)
    assert "Your check-in for November" in text(browser, HOME)
    assert "Your check-in for November" not in text(client_of(observer), HOME)
    send(browser, nothing="1")
    assert "Your check-in for November" not in text(browser, HOME)


def test_home_says_how_the_steps_stand_and_help_is_first(
    asked, client_of, provider, parent, promise, observer
):
    promise(parent, position=1, text="Long past", due=date(2026, 10, 30))
    helped = promise(provider, position=2, text="Find a van")
    done = promise(provider, position=3, text="Write the page", due=date(2026, 11, 1))
    promise(parent, position=4, text="Later", due=date(2026, 12, 24))
    send(client_of(provider), **{f"how_{helped.pk}": "help", f"how_{done.pk}": "kept"})
    page = text(client_of(observer), HOME)
    places = [page.index(words) for words in ("Find a van", "Long past", "Later", "Write the page")]
    assert places == sorted(places)
    part = page[page.index('id="promises"') :]
    for words in ("Asks for help", "The day was October 30. No news yet.", "by December 24", "Paz Parent"):
        assert words in part
    for blame in ("late", "overdue", "missed", 'class="error', "stop"):
        assert blame not in part[: part.index("</section>")].replace("Later", "")


def test_home_without_steps_has_no_part_for_them(opened_round, client_of, provider):
    assert 'id="promises"' not in text(client_of(provider), HOME)


# What it costs, and what it does not read


@pytest.mark.parametrize("number", [0, 1, 5, 50])
def test_any_number_of_steps_costs_the_same(asked, client_of, provider, opened_round, number):
    item = opened_round.version.items.first()
    for n in range(number):
        copy = type(item).objects.create(
            version=item.version, position=100 + n, code=f"X{n}", content=item.content
        )
        Agreement.objects.create(
            round=opened_round, item=copy, number=1, low=1, high=1, how="everyone", why="x", stand="yes",
            next_step=f"Step {n}.", owner=provider, at=THE_FIFTH,
        )  # fmt: skip
    browser = client_of(provider)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as seen:
        page = text(browser)
    assert page.count('class="step sec"') == number
    assert len(seen) <= 20


def test_many_replies_and_months_cost_the_same_as_few(asked, client_of, coalition, provider, promise):
    browser, step = client_of(provider), promise(provider)

    def cost() -> int:
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            browser.get(PAGE)
        return len(seen)

    send(browser, words="one", **{f"how_{step.pk}": "going"})
    few = cost()
    for n in range(12):
        seat = a_seat(coalition, f"Person{n} Many", Group.PARENT)
        for month in range(1, 11):
            checkin, _new = Checkin.objects.get_or_create(
                coalition=coalition, month=date(2026, month, 1), defaults={"asked_at": THE_FIFTH}
            )
            Reply.objects.create(checkin=checkin, seat=seat, words="w", on=checkin.month, form=uuid.uuid4())
    assert cost() == few


def test_no_answer_of_a_round_is_read(asked, client_of, provider, promise):
    step = promise(provider)
    with CaptureQueriesContext(connection) as seen:
        text(client_of(provider))
        send(client_of(provider), words="x", **{f"how_{step.pk}": "going"})
    for table in ("draft", "tick", "part", "tally", "word", "opening"):
        assert not [query for query in seen if f'"milestones_{table}"' in query["sql"]]


# What is left of somebody


def test_closing_an_account_takes_the_words_and_leaves_how_the_step_stands(
    asked, client_of, provider, parent, observer, promise
):
    step = promise(provider)
    send(
        client_of(provider),
        words="my own words",
        **{f"how_{step.pk}": "help", f"line_{step.pk}": "my own line"},
    )
    send(client_of(parent), words="hers")
    close_account(member=Member.objects.get(pk=provider.member_id), now=THE_FIFTH)
    assert [reply.words for reply in Reply.objects.all()] == ["hers"]
    news = StepNews.objects.get()
    assert (news.seat, news.words, news.how) == (None, "", How.HELP)
    for address in (PAGE, HOME):
        page = text(client_of(observer), address)
        assert "my own" not in page
        assert "Prue" not in page
    assert "Asks for help" in text(client_of(observer), HOME)


def test_who_left_the_table_is_named_as_it_knew_them(asked, client_of, provider, parent):
    send(client_of(provider), words="before I left")
    Seat.objects.filter(pk=provider.pk).update(left=THE_FIFTH.date(), listed_name="Prue As Listed")
    Member.objects.filter(pk=provider.member_id).update(name="A new name")
    page = text(client_of(parent))
    assert "Prue As Listed" in page
    assert "A new name" not in page


def test_a_page_of_the_month_before_answers_no_question_of_this_one(asked, client_of, provider, time_machine):
    browser = client_of(provider)
    assert 'name="month" value="2026-11-01"' in text(browser)
    december = datetime(2026, 12, 1, 15, tzinfo=UTC)
    time_machine.move_to(december)
    ask_checkins(now=december)
    answer = send(browser, month="2026-11-01", words="about November")
    page = answer.content.decode()
    assert (answer.status_code, Reply.objects.count()) == (422, 0)
    assert "This check-in is over. Your words are still below, to copy." in page
    assert "about November" in page
    assert 'name="month" value="2026-12-01"' in page, "sent from here, it is about December"
    assert send(browser, month="2026-12-01", words="about December").status_code == 303


def test_what_was_said_is_still_there_to_change_after_a_correction_of_something_else(
    asked, client_of, provider, promise, coalition
):
    step = promise(provider)
    browser = client_of(provider)
    send(browser, **{f"how_{step.pk}": "help"})
    corrected = promise(provider, seen=1)
    assert corrected.pk != step.pk
    assert re.search(rf'name="how_{corrected.pk}"[^>]*value="help"[^>]*checked', text(browser))
    send(browser, **{f"how_{corrected.pk}": "kept"})
    assert [news.how for news in StepNews.objects.all()] == ["kept"]
    assert f"how_{corrected.pk}" in text(browser), "what was said to be done can still be said otherwise"
    send(browser, nothing="1")
    assert not StepNews.objects.exists()


def test_nothing_in_a_reply_leads_to_what_was_seen(asked, client_of, provider):
    """Evidence has no author. One copy of the database is not enough to find one."""
    send(client_of(provider), words="mine", seen_item="2", seen_title="A vote log")
    seen, form = Evidence.objects.get(), said_by(provider).form
    assert seen.form not in {form, uuid.uuid5(form, "seen")}


def test_a_step_whose_owner_has_left_is_for_the_lead(asked, client_of, provider, parent, lead, promise):
    field = f"how_{promise(provider).pk}"
    assert field not in text(client_of(lead))
    leave_table(seat=provider, today=date(2026, 11, 4))
    assert field in text(client_of(lead))
    assert field not in text(client_of(parent))
    assert send(client_of(lead), **{field: "kept"}).status_code == 303
    assert StepNews.objects.get().seat == lead
