import pytest

from coalitions.forms.seats import Address
from coalitions.imports.emails import addresses
from outbox.channels import CHANNELS

LONG = "@" + ".".join(["a" * 63] * 3)
TAKEN = [
    "rosa@example.org",
    "o'neil+table@sub.example.org",
    "_a-b.c_@x--1.example",
    "a" * 64 + "@example.org",
    "a" * (254 - len(LONG) - 4) + LONG + ".org",
]


@pytest.mark.parametrize("address", TAKEN)
def test_whoever_gets_a_seat_can_be_written_to(address):
    assert len(address) <= 254
    assert addresses(address) == [address]
    assert Address().clean(address.upper()) == address
    assert CHANNELS["mail"].address(address) == address


def test_where_an_address_may_be_left_out_it_stays_empty():
    assert Address(required=False).clean(" ") == ""
