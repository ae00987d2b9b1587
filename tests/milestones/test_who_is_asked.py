"""A lead's change of a role or a group counts from the next round; who comes to the table is asked at once."""

import uuid

import pytest
from django.utils import timezone

from coalitions.actions import change_seat, end_seat
from coalitions.models import Event, Group, Seat, Verb
from milestones.actions.answers import forget_drafts, save_answer
from milestones.actions.rounds import ask_seat
from milestones.actions.sealing import seal_round
from milestones.models import Draft, Part
from milestones.queries.rounds import progress
from tests.factories.rounds import an_open_round, everyone_answers
from tests.factories.tables import a_seat
from web.refusal import Refused


def change(seat: Seat, lead: Seat, **fields) -> Seat:
    """As a lead does on the page of the seat."""
    seat = Seat.objects.get(pk=seat.pk)
    for name, value in fields.items():
        setattr(seat, name, value)
    change_seat(
        seat=seat, by=lead, organization="", changed=list(fields), now=timezone.now(), form=uuid.uuid4()
    )
    return Seat.objects.get(pk=seat.pk)


def answer(client, at, position: int = 1, level: str = "2"):
    client.post(at("confirm_group", 1), {"group": "parent"})
    return client.post(at("score", 1, position), {"level": level})


def test_a_member_who_becomes_an_observer_still_answers_this_round(client_of, lead, provider, open_round, at):
    asked = progress(open_round).asked
    client = client_of(provider)
    answer(client, at)
    change(provider, lead, role=Seat.OBSERVER)
    assert answer(client, at, 2).status_code == 303
    assert Draft.objects.filter(seat=provider).count() == 2
    for name in ("next_milestone", "my_answers", "confirm_group"):
        assert client.get(at(name, 1)).status_code in (200, 302)
    assert client.get(at("this_round")).url == at("next_milestone", 1)
    assert at("next_milestone", 1) in client.get(at("round", 1)).content.decode()
    assert "Finish your own answers" in client.get(at("home")).content.decode()
    score = client.get(at("score", 1, 1)).content.decode()
    assert at("evidence", 1, 1) not in score, "evidence is for members"
    so_far = progress(open_round)
    assert so_far.asked == asked
    assert provider in so_far.waiting_for


def test_what_they_answered_counts_when_it_closes(lead, provider, open_round, table):
    everyone_answers(open_round, table)
    change(provider, lead, role=Seat.OBSERVER)
    sealed = seal_round(round=open_round, now=open_round.closes_at)
    assert sealed.participation["everyone"] == {
        "asked": len(table), "took_part": len(table), "answered": len(table),
    }  # fmt: skip
    assert Part.objects.get(seat=provider).took_part


def test_from_the_next_round_they_are_not_asked(client_of, lead, provider, opened_round, at):
    provider = change(provider, lead, role=Seat.OBSERVER)
    second = an_open_round(provider.coalition, lead, now=timezone.now())
    assert provider not in progress(second).waiting_for
    assert client_of(provider).get(at("next_milestone", 2)).status_code == 403
    page = client_of(provider).get(at("round", 2)).content.decode()
    assert at("next_milestone", 2) not in page


def test_an_observer_who_becomes_a_member_answers_from_the_next_round(
    client_of, lead, observer, open_round, at
):
    asked = progress(open_round).asked
    observer = change(observer, lead, role=Seat.MEMBER)
    client = client_of(observer)
    assert progress(open_round).asked == asked
    for name, args in (
        ("next_milestone", [1]),
        ("score", [1, 1]),
        ("my_answers", [1]),
        ("confirm_group", [1]),
    ):
        assert client.get(at(name, *args)).status_code == 403
    assert client.post(at("answer", 1, 1), {"level": "2"}).status_code == 403
    assert client.post(at("share", 1, 1), {"share": "1"}).status_code == 403
    page = client.get(at("round", 1)).content.decode()
    assert "You answer from the next one." in page
    assert at("next_milestone", 1) not in page
    assert client.get(at("this_round")).url == at("round", 1)
    assert "Finish your own answers" not in client.get(at("home")).content.decode()
    with pytest.raises(Refused, match="does not ask you"):
        save_answer(
            round=open_round, seat=observer, item=open_round.version.items.first(), pick=1, words="",
            now=timezone.now(),
        )  # fmt: skip
    assert not Draft.objects.filter(seat=observer).exists()
    sealed = seal_round(round=open_round, now=open_round.closes_at)
    assert sealed.participation["everyone"]["asked"] == asked
    assert not Part.objects.filter(seat=observer).exists()
    open_round.coalition.rounds.update(opened_at=timezone.now())
    second = an_open_round(observer.coalition, lead, now=timezone.now())
    assert observer in progress(second).waiting_for
    assert client.get(at("next_milestone", 2)).status_code == 302


def test_a_lead_adds_them_on_purpose(client_of, lead, observer, parent, open_round, at):
    browser, asked = client_of(lead), progress(open_round).asked
    there = at("ask_seat", 1, observer.pk)
    assert there not in browser.get(at("round", 1)).content.decode()
    assert browser.post(there).status_code == 303
    assert "Only a member can be asked." in browser.get(at("round", 1)).content.decode()
    change(observer, lead, role=Seat.MEMBER, group=Group.PARENT)
    assert there in browser.get(at("round", 1)).content.decode()
    assert there not in client_of(parent).get(at("round", 1)).content.decode()
    for _ in range(2):
        assert browser.post(there).url == at("round", 1)
    page = browser.get(at("round", 1)).content.decode()
    assert "They are asked in this round too." in page
    assert there not in page
    assert progress(open_round).asked == asked + 1
    part = Part.objects.get(seat=observer)
    assert (part.saved, part.group) == (0, "parent")
    assert answer(client_of(observer), at).status_code == 303
    assert Event.objects.filter(verb=Verb.SEAT_CHANGED, about=f"{observer.pk}:asked").count() == 1
    assert "asked in the open round too" in browser.get("/c/care-forward/settings/").content.decode()


def test_nobody_is_added_to_a_round_that_is_not_open(lead, observer, closed_round):
    observer = change(observer, lead, role=Seat.MEMBER)
    with pytest.raises(Refused, match="not open"):
        ask_seat(round=closed_round, seat=observer, by=lead, now=timezone.now())
    assert not Part.objects.filter(seat=observer).exists()


def test_only_a_lead_adds_and_only_people_of_the_table(
    client_of, lead, parent, facilitator, outsider, open_round, at
):
    there = at("ask_seat", 1, outsider.pk)
    assert client_of(lead).post(there).status_code == 404
    assert client_of(lead).get(at("ask_seat", 1, parent.pk)).status_code == 405
    for seat in (parent, facilitator):
        assert client_of(seat).post(at("ask_seat", 1, parent.pk)).status_code == 403
    assert client_of(outsider).post(there).status_code == 404


def test_a_new_group_counts_from_the_next_round(client_of, lead, provider, open_round, table, at):
    change(provider, lead, group=Group.AGENCY)
    assert Part.objects.get(seat=provider).group == "provider"
    groups = {each.group: each.asked for each in progress(open_round).groups}
    assert groups[Group.PROVIDER] == sum(seat.group == "provider" for seat in table)
    everyone_answers(open_round, table)
    seal_round(round=open_round, now=open_round.closes_at)
    assert Part.objects.get(seat=provider).group == "provider"
    open_round.coalition.rounds.update(opened_at=timezone.now())
    second = an_open_round(provider.coalition, lead, now=timezone.now())
    assert second.parts.get(seat=provider).group == "agency"


def test_somebody_new_is_asked_at_once(client_of, lead, coalition, open_round, at):
    asked = progress(open_round).asked
    newcomer = a_seat(coalition, "Nia Newcomer", "parent")
    watcher = a_seat(coalition, "Wes Watcher", "parent", role=Seat.OBSERVER)
    assert progress(open_round).asked == asked + 1
    assert "Finish your own answers" in client_of(newcomer).get(at("home")).content.decode()
    assert answer(client_of(newcomer), at).status_code == 303
    assert client_of(watcher).get(at("next_milestone", 1)).status_code == 403
    assert Part.objects.get(seat=newcomer).saved == 1


def test_who_may_not_read_the_table_any_more_is_like_somebody_who_left(
    client_of, lead, provider, open_round, table, at
):
    everyone_answers(open_round, table)
    change(provider, lead, role=Seat.NEITHER)
    assert client_of(provider).get(at("score", 1, 1)).status_code == 403
    assert progress(open_round).asked == len(table) - 1
    sealed = seal_round(round=open_round, now=open_round.closes_at)
    assert sealed.participation["everyone"]["took_part"] == len(table) - 1
    assert not Part.objects.filter(seat=provider).exists()


def test_a_link_handed_to_somebody_who_is_not_asked_does_not_ask_them(lead, observer, open_round):
    observer = change(observer, lead, role=Seat.MEMBER)
    forget_drafts(observer, now=timezone.now())
    assert Part.objects.get(seat=observer).saved is None


def test_past_closing_who_could_have_answered_is_told_so(
    client_of, lead, provider, observer, answered_round, at
):
    change(provider, lead, role=Seat.OBSERVER)
    answered_round.closes_at = timezone.now()
    answered_round.save()
    late = client_of(provider).post(at("score", 1, 1), {"level": "2", "why": "Too late"})
    assert late.status_code == 409
    assert "Too late" in late.content.decode()
    assert client_of(observer).post(at("score", 1, 1), {"level": "2"}).status_code == 403


def test_nobody_is_on_the_roll_twice_and_who_left_is_off_it(lead, observer, parent, open_round):
    end_seat(seat=parent, by=lead, now=timezone.now())
    end_seat(seat=observer, by=lead, now=timezone.now())
    seal_round(round=open_round, now=open_round.closes_at)
    assert not Part.objects.filter(seat__in=[parent, observer]).exists()
    assert not Part.objects.filter(took_part=None).exists()
