"""The short form of drill_kills.py."""

from .kills import measure


def test_whoever_was_thanked_is_kept_once_though_servers_die():
    found = measure(200, 3)
    assert found["kills"] == 3
    assert (found["lost"], found["doubled"], found["partial"], found["codes"]) == (0, 0, 0, 200)
