"""The cast: two coalitions in two states, and everyone who has something to do with them."""

import uuid
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import settings as property_settings

from coalitions.models import Coalition, Cohort, Group, Invitation, Seat
from feedback.crowd import sends
from members.actions.links import link_for, token_for
from members.models import Member
from tests.factories.tables import a_coalition, a_member, a_seat

# How long one example takes says how busy the machine is, and nothing about the property.
property_settings.register_profile("whatever the machine does", deadline=None)
property_settings.load_profile("whatever the machine does")


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    """Sign-in counts its attempts in the cache, and the cache outlives a test; so does the count of answers."""
    cache.clear()
    sends.forget()


@pytest.fixture(autouse=True)
def _codes_are_hashed_fast(settings):
    """Half a second for each is for those who guess; a thousand tests have nothing to guess."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _forms_are_read_anew(settings):
    settings.FORMS_KEPT = 0


@pytest.fixture(autouse=True)
def _english_to_begin_with():
    """A page in Spanish leaves its language behind, until the next request."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _mail_waits(settings):
    """Until a test sends it: a thread of its own would see another database, or none."""
    settings.SEND_AT_ONCE = False


@pytest.fixture
def coalition(db) -> Coalition:
    return a_coalition("Care Forward Kentucky", slug="care-forward", state="KY", time_zone="America/New_York")


@pytest.fixture
def other_coalition(db) -> Coalition:
    return a_coalition("Kansas Cares", slug="kansas-cares", state="KS", time_zone="America/Chicago")


@pytest.fixture
def lead(coalition) -> Seat:
    return a_seat(coalition, "Lena Lead", Group.ADVOCATE, lead=True, title="Organizer")


@pytest.fixture
def facilitator(coalition) -> Seat:
    return a_seat(coalition, "Fay Facilitator", Group.OTHER, role=Seat.NEITHER, votes=False, facilitator=True)


@pytest.fixture
def parent(coalition) -> Seat:
    return a_seat(coalition, "Paz Parent", Group.PARENT, language="es")


@pytest.fixture
def provider(coalition) -> Seat:
    return a_seat(coalition, "Prue Provider", Group.PROVIDER)


@pytest.fixture
def director(coalition) -> Seat:
    """Somebody with positional power."""
    return a_seat(coalition, "Dee Director", Group.AGENCY, positional_power=True, title="Child care director")


@pytest.fixture
def observer(coalition) -> Seat:
    return a_seat(coalition, "Ob Observer", Group.FUNDER, role=Seat.OBSERVER, votes=False)


@pytest.fixture
def outsider(other_coalition) -> Seat:
    """The lead of the other coalition."""
    return a_seat(other_coalition, "Otto Outsider", Group.ADVOCATE, lead=True)


@pytest.fixture
def evaluator(coalition, other_coalition) -> Member:
    member = a_member("Eve Evaluator")
    cohort = Cohort.objects.create(name="First cohort")
    cohort.evaluators.add(member)
    Coalition.objects.filter(pk__in=[coalition.pk, other_coalition.pk]).update(cohort=cohort)
    return member


@pytest.fixture
def site_admin(db) -> Member:
    """With a second step, since the admin pages open for nobody without one."""
    member = a_member("Sam Admin", is_staff=True, is_superuser=True)
    TOTP.activate(member, generate_totp_secret())
    return member


@pytest.fixture
def visitor(db) -> Client:
    return Client()


@pytest.fixture
def client_of():
    """`client_of(lead).get(...)`: a browser in which this seat's member, or this member, has signed in."""

    def sign_in(who: Seat | Member) -> Client:
        member = who.member if isinstance(who, Seat) else who
        client = Client()
        client.force_login(member)
        if member.is_staff:  # whoever runs the site took the second step
            session = client.session
            session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
            session["account_authentication_methods_user"] = str(member.pk)
            session.save()
        return client

    return sign_in


@pytest.fixture
def handed_link():
    """`handed_link(parent)`: the path of a link to this seat, as somebody would hand it over."""

    def made(seat: Seat, path: str = "/tables/") -> str:
        form, now = uuid.uuid4(), timezone.now()
        link = link_for(seat.member, form=form, path=path, now=now, lasts=timedelta(days=1), only=seat.scope)
        link.save()
        Invitation.objects.create(seat=seat, way=Invitation.HANDED, link=link, form=form, at=now)
        return reverse("invitation", args=[token_for(form, only=seat.scope)])

    return made


@pytest.fixture
def through_link(handed_link):
    """`through_link(parent).get(...)`: a browser that came in with a link that somebody handed over."""

    def come_in(seat: Seat) -> Client:
        client = Client()
        client.post(handed_link(seat))
        return client

    return come_in
