"""A lead can never become a member: what a link that passes through a lead's hands does, and what it cannot do."""

import re
import uuid
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions import actions
from coalitions.models import Cohort, Event, Invitation, Verb
from milestones.actions.answers import add_evidence, confirm_group, save_answer
from milestones.models import Draft, Evidence, Part
from outbox.models import Message
from tests.factories.rounds import an_open_round
from tests.factories.tables import a_seat, seat_of
from web.refusal import Refused

SECRET = "only Paz may read this"


@pytest.fixture
def round(coalition, lead, parent, provider):
    return an_open_round(coalition, lead, now=timezone.now() - timedelta(hours=1))


@pytest.fixture
def answered(round, parent):
    item = round.version.items.first()
    confirm_group(round=round, seat=parent, group="parent", now=timezone.now())
    save_answer(round=round, seat=parent, item=item, pick=1, words=SECRET, now=timezone.now())
    add_evidence(
        round=round, seat=parent, item=item, kind="record", title=SECRET, note="", url="",
        now=timezone.now(), form=uuid.uuid4(),
    )  # fmt: skip
    return round


def hand(client, seat, form=None):
    return client.post(
        reverse("hand_link", args=[seat.coalition.slug, seat.pk]), {"form": form or uuid.uuid4()}
    )


def path_in(answer) -> str:
    return "/i/" + answer.context_data["address"].rpartition("/i/")[2]


def _come_by_themselves(browser, member):
    """With a code from their mail."""
    browser.post("/sign-in/", {"email": member.email})
    code = re.search(r"\d{4}-\d{4}", Message.objects.get(key__startswith="sign-in/").text)[0]
    assert browser.post("/sign-in/code/", {"code": code}).status_code == 302


def home(client, slug="care-forward"):
    return client.get(reverse("home", args=[slug])).status_code


def test_what_was_private_is_gone_before_the_lead_has_the_link(client_of, lead, parent, answered):
    own = client_of(parent)
    assert SECRET in own.get(reverse("score", args=["care-forward", 1, 1])).content.decode()
    url = path_in(hand(client_of(lead), parent))
    assert not Draft.objects.filter(seat=parent).exists()
    assert not Evidence.objects.filter(title=SECRET).exists()
    assert Part.objects.get(round=answered, seat=parent).saved == 0
    assert home(own) == 302, "they are signed out at once"
    lead_as_her = Client()
    lead_as_her.post(url)
    assert home(lead_as_her) == 200
    assert SECRET not in lead_as_her.get(reverse("score", args=["care-forward", 1, 1])).content.decode()


def test_others_keep_what_is_theirs(client_of, lead, parent, provider, answered):
    item = answered.version.items.first()
    save_answer(round=answered, seat=provider, item=item, pick=2, words="mine", now=timezone.now())
    other = client_of(provider)
    hand(client_of(lead), parent)
    assert Draft.objects.get().seat == provider
    assert home(other) == 200


def test_what_has_closed_is_not_touched(client_of, lead, parent, answered):
    """Its answers are in: they count, and nobody can read them any more."""
    type(answered).objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    hand(client_of(lead), parent)
    assert Draft.objects.filter(seat=parent).exists()


def test_it_is_told_to_them_in_their_language_and_is_on_record(client_of, lead, parent):
    hand(client_of(lead), parent)
    message = Message.objects.get()
    assert (message.to, message.language, message.kind) == (parent.member.email, "es", "")
    assert "Lena Lead" in message.text
    assert "/i/" not in message.text
    event = Event.objects.get()
    assert (event.verb, event.seat, event.about) == (Verb.LINK_MADE, lead, str(parent.pk))


def test_once_they_come_by_themselves_whatever_the_link_began_is_over(client_of, lead, parent, round):
    unused = path_in(hand(client_of(lead), parent))
    lead_as_her = Client()
    lead_as_her.post(unused)
    assert home(lead_as_her) == 200
    herself = Client()
    _come_by_themselves(herself, parent.member)
    item = round.version.items.first()
    save_answer(round=round, seat=parent, item=item, pick=1, words=SECRET, now=timezone.now())
    assert home(lead_as_her) == 302
    assert home(herself) == 200


def test_an_unused_one_dies_too_when_they_come_by_themselves(client_of, lead, parent):
    unused = path_in(hand(client_of(lead), parent))
    _come_by_themselves(Client(), parent.member)
    later = Client()
    assert later.post(unused).status_code == 410
    assert home(later) == 302


def test_it_opens_this_seat_and_nothing_else_of_theirs(client_of, lead, parent, other_coalition):
    seat_of(parent.member, other_coalition)
    Cohort.objects.create(name="One").evaluators.add(parent.member)
    type(parent.member).objects.filter(pk=parent.member.pk).update(is_staff=True, is_superuser=True)
    through = Client()
    through.post(path_in(hand(client_of(lead), parent)))
    assert home(through) == 200
    assert home(through, "kansas-cares") == 404
    assert through.get(reverse("releases")).status_code == 404
    assert through.get("/manage/").status_code in (302, 403, 404)
    assert "kansas-cares" not in through.get("/tables/", follow=True).content.decode()


def test_a_link_for_one_seat_does_not_open_the_next_one(client_of, lead, parent, coalition):
    through = Client()
    through.post(path_in(hand(client_of(lead), parent)))
    actions.end_seat(seat=parent, by=lead, now=timezone.now())
    seat_of(parent.member, coalition)
    assert home(through) == 404


def test_the_form_of_a_mailed_invitation_does_not_show_its_link(client_of, lead, coalition):
    """A lead knows the number of the form; the link it made in the mail stays in the mail."""
    dad = a_seat(coalition, "Dan Dad", "parent", arrived=None)
    form = uuid.uuid4()
    actions.invite(seat=dad, by=lead, now=timezone.now(), form=form)
    answer = hand(client_of(lead), dad, form)
    assert answer.status_code == 422
    assert not re.search(r"/i/[\w-]{20}", answer.content.decode())
    everybody = uuid.uuid4()
    late = a_seat(coalition, "Eli Late", "parent", arrived=None)
    actions.invite_all(coalition=coalition, by=lead, now=timezone.now(), form=everybody)
    answer = hand(client_of(lead), late, uuid.uuid5(everybody, str(late.pk)))
    assert answer.status_code == 422
    assert Invitation.objects.filter(way="handed").count() == 0


def test_the_same_form_shows_the_same_link_and_signs_nobody_out_again(client_of, lead, parent):
    form = uuid.uuid4()
    first = path_in(hand(client_of(lead), parent, form))
    parent.member.refresh_from_db()
    own = client_of(parent)
    assert path_in(hand(client_of(lead), parent, form)) == first
    assert home(own) == 200
    assert Event.objects.count() == 1


def test_a_lead_makes_none_for_themselves(lead):
    with pytest.raises(Refused, match="here already"):
        actions.hand_link(seat=lead, by=lead, now=timezone.now(), form=uuid.uuid4())


def test_a_new_one_ends_the_one_before(client_of, lead, parent):
    first = path_in(hand(client_of(lead), parent))
    through = Client()
    through.post(first)
    second = path_in(hand(client_of(lead), parent))
    assert home(through) == 302
    assert Client().post(first).status_code == 410
    assert Client().post(second).status_code in (302, 303)


def test_a_lead_changes_nobodys_address(client_of, lead, parent):
    url = reverse("edit_seat", args=["care-forward", parent.pk])
    page = client_of(lead).get(url)
    fields = {name: value for name, value in page.context_data["form"].initial.items() if value}
    form = page.context_data["form"]["form"].value()
    taken = {"email": "lead-owns-this@example.org", "name": "X", "member": lead.member_id}
    client_of(lead).post(url, {**fields, "form": form, **taken})
    parent.refresh_from_db()
    assert parent.member.email == "paz@care-forward.example"
    assert parent.member.name == "Paz Parent"


# What a reviewer tried


@pytest.fixture
def dad(coalition):
    """Listed, not here yet, and with an account of his own at another table."""
    return a_seat(coalition, "Dan Dad", "parent", language="es", arrived=None, listed_language="en")


def test_a_listed_person_in_by_hand_is_seen_as_listed_and_the_account_shows_nothing(
    client_of, lead, dad, other_coalition
):
    """Nothing that the lead can open with the link tells whether the address has an account, or what is in it."""
    seat_of(dad.member, other_coalition)
    type(dad.member).objects.filter(pk=dad.member.pk).update(name="Real Name", email="real@secret.example")
    browser = Client()
    url = path_in(hand(client_of(lead), dad))
    pages = [browser.get(url), browser.post(url, follow=True)]
    for name in ("home", "people", "my_seat", "take_seat"):
        pages.append(browser.get(reverse(name, args=["care-forward"]), follow=True))
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert '<html lang="en"' in html, "the language of the listing, not of the account"
        assert "Real Name" not in html
        assert "real@secret.example" not in html
    dad.refresh_from_db()
    assert (dad.arrived, dad.name) == (None, "Dan Dad")


def test_one_that_is_over_or_opened_at_another_address_tells_nothing_either(client_of, lead, dad):
    TOTP.activate(dad.member, "x" * 32)
    url = path_in(hand(client_of(lead), dad))
    elsewhere = Client().post(url.replace("/i/", "/l/"))
    Client().post(url)
    for answer in (elsewhere, Client().get(url), Client().post(url)):
        assert answer.status_code in (404, 410)
        html = answer.content.decode()
        assert '<html lang="en"' in html, "the listing's language; the account's is Spanish"
        assert "Dan Dad" not in html


def test_a_second_step_is_not_told_to_who_only_listed_them(client_of, lead, dad):
    TOTP.activate(dad.member, "x" * 32)
    assert Client().post(path_in(hand(client_of(lead), dad))).url == reverse(
        "this_round", args=["care-forward"]
    )


def test_when_the_listed_person_comes_the_lead_is_out_before_anything_is_written(client_of, lead, dad, round):
    lead_as_him, own = Client(), client_of(dad)
    lead_as_him.post(path_in(hand(client_of(lead), dad)))
    assert home(lead_as_him) == 200
    assert own.get(reverse("score", args=["care-forward", 1, 1])).url == reverse(
        "take_seat", args=["care-forward"]
    )
    own.post(reverse("take_seat", args=["care-forward"]))
    assert home(lead_as_him) == 302
    assert home(own) == 200


def test_a_scoped_session_takes_no_seat_and_changes_no_account(client_of, lead, dad):
    browser = Client()
    browser.post(path_in(hand(client_of(lead), dad)))
    browser.post(reverse("take_seat", args=["care-forward"]))
    browser.post(reverse("language"), {"language": "en"})
    dad.refresh_from_db()
    assert dad.arrived is None
    assert dad.member.language == "es"


def test_what_slipped_in_between_is_gone_when_the_link_is_used(client_of, lead, parent, round):
    """A save that was on its way when the link was made."""
    url = path_in(hand(client_of(lead), parent))
    item = round.version.items.first()
    save_answer(round=round, seat=parent, item=item, pick=1, words=SECRET, now=timezone.now())
    Client().post(url)
    assert not Draft.objects.filter(seat=parent).exists()


def test_a_link_to_a_leads_seat_does_not_lead(client_of, lead, coalition):
    colead = a_seat(coalition, "Cora Colead", "other", lead=True)
    browser = Client()
    browser.post(path_in(hand(client_of(lead), colead)))
    html = browser.get(reverse("people", args=["care-forward"])).content.decode()
    assert lead.member.email not in html
    for name in ("add_seat", "import_roster", "invite_all", "settings_page", "new_round"):
        assert browser.get(reverse(name, args=["care-forward"])).status_code == 403


@pytest.mark.parametrize("how", ["ends", "is no lead"])
def test_whoever_leads_no_more_keeps_no_way_in(client_of, lead, parent, coalition, how):
    colead = a_seat(coalition, "Cora Colead", "other", lead=True)
    used, unused = Client(), path_in(hand(client_of(lead), colead))
    used.post(path_in(hand(client_of(lead), parent)))
    if how == "ends":
        actions.end_seat(seat=lead, by=colead, now=timezone.now())
    else:
        lead.lead = False
        actions.change_seat(
            seat=lead, by=colead, organization="", changed=["lead"], now=timezone.now(), form=uuid.uuid4()
        )
    assert home(used) == 302
    assert Client().post(unused).status_code == 410


def test_a_link_that_was_used_ends_with_the_next_one_too(client_of, lead, parent):
    """Both pressed at the same moment: the session of the first is over."""
    first = Client()
    first.post(path_in(hand(client_of(lead), parent)))
    hand(client_of(lead), parent)
    assert home(first) == 302


def test_a_name_that_somebody_brought_does_not_go_to_another_mailbox(client_of, lead, parent):
    actions.end_seat(seat=parent, by=lead, now=timezone.now())
    again = actions.return_seat(seat=parent, by=lead, now=timezone.now(), form=uuid.uuid4())
    with pytest.raises(Refused):
        actions.readdress_seat(
            seat=again, by=lead, email="mine@lead.example", now=timezone.now(), form=uuid.uuid4()
        )


def test_links_and_their_mail_have_a_measure(client_of, lead, parent):
    statuses = [hand(client_of(lead), parent).status_code for _ in range(7)]
    assert statuses == [200] * 5 + [422] * 2
    assert Message.objects.count() == 5
