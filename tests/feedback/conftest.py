"""A form of the table, with its readers, and a visitor with a phone."""

import re
import uuid
from datetime import date

import pytest
from django.test import Client

from coalitions.models import Group
from feedback.models import Form, Wording
from tests.factories.outside import WORDING
from tests.factories.tables import a_seat


@pytest.fixture
def readers(coalition):
    return [
        a_seat(coalition, "Rosa Reader", Group.PARENT, reader=True),
        a_seat(coalition, "Ana Reader", Group.ADVOCATE, reader=True),
    ]


@pytest.fixture
def form(coalition, readers) -> Form:
    made = Form.objects.create(
        coalition=coalition, code="kentucky", name="How is it going?", form=uuid.uuid4()
    )
    Wording.objects.create(
        form=made, number=1, languages=["en", "es", "ar"], content=WORDING, published_on=date(2026, 11, 1)
    )
    return made


class Phone:
    """Somebody who goes from page to page as a browser without scripts would."""

    def __init__(self, address: str) -> None:
        self.client = Client()
        self.page = self.client.get(address)
        self.address = address

    @property
    def text(self) -> str:
        return self.page.content.decode()

    @property
    def visit(self) -> str:
        return re.search(r'name="visit" value="([^"]*)"', self.text)[1]

    def press(self, do: str = "next", *, to: str = "", **fields: str):
        self.address = to or self.address
        self.page = self.client.post(self.address, {"visit": self.visit, "do": do, **fields})
        return self.page


@pytest.fixture
def phone(form, settings):
    return Phone("/go/kentucky/en/")
