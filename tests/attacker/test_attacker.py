"""Nobody is named by what the pages show; and the attacker who says so can be shown to have teeth."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.attacker import attack
from tests.attacker.attack import Guess, Rules, Seen, Shown
from tests.attacker.drill import WEAK, measure, without
from tests.attacker.worlds import k5_only, real_gate

BASES = ("parents", "providers", "others")


def test_the_attacker_knows_only_the_standard_library() -> None:
    tree = ast.parse(Path(attack.__file__).read_text())
    names = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert names == {"collections.abc", "dataclasses", "fractions", "functools", "itertools"}


@pytest.fixture(scope="module")
def found() -> Counter[str]:
    return measure(400, 5, real_gate, Rules())


@pytest.mark.parametrize("actor", ["outsider", "insider", "public"])
def test_nobody_is_named_by(actor: str, found: Counter[str]) -> None:
    assert found["displays"] > 5_000
    assert found[actor] == 0


def test_two_who_collude_name_somebody_in_at_most_one_of_a_thousand_displays(found: Counter[str]) -> None:
    assert found["pair"] <= found["displays"] / 1_000


def test_every_claim_is_true(found: Counter[str]) -> None:
    """A false claim would mean that the gate does not follow the published rules."""
    assert found["!"] == 0


def test_a_gate_weakened_to_k_5_only_is_broken_in_more_than_a_quarter_of_worlds() -> None:
    weak = measure(60, 5, k5_only, WEAK)
    assert weak["worlds outsider"] > 60 / 4
    assert weak["!"] == 0


@pytest.mark.parametrize("mechanism", ["singles_out", "centre"])
def test_without_what_guards_across_rounds_people_are_named(mechanism: str) -> None:
    """The third, which keeps marks back in hindsight, is too rarely needed for so few worlds: see the drill."""
    assert without(mechanism, 100, 5)["outsider"]


def table(people: int, **figure: object) -> Seen:
    """One display of the whole table, of the `people` first comers, all of them others."""
    bases = {"parents": 0, "providers": 0, "others": (1 << people) - 1}
    shown = (Shown(BASES, **figure),) if figure else ()  # type: ignore[arg-type]
    return Seen(bases, 2 if figure else None, shown)


def named(*rounds: Seen, own: Guess | None = None) -> Guess:
    near, _ = attack.clues(list(rounds), Rules())
    return attack.across(near, own or {})


EIGHT = (0, 0, 3, 5, 0, 0)  # three said 2 and five said 3


def test_one_newcomer_is_named_by_two_sets_of_marks() -> None:
    assert named(table(8, marks=EIGHT), table(9, marks=(0, 0, 3, 5, 0, 1))) == {1 << 8: 5}


def test_two_newcomers_are_named_only_if_alike_or_by_each_other() -> None:
    unlike = table(8, marks=EIGHT), table(10, marks=(0, 1, 3, 5, 0, 1))
    assert named(*unlike) == {}
    assert named(*unlike, own={1 << 8: 1}) == {1 << 9: 5}
    assert named(table(8, marks=EIGHT), table(10, marks=(0, 0, 3, 5, 0, 2))) == {1 << 8: 5, 1 << 9: 5}


def test_an_average_to_the_nearest_half_can_still_name_an_extreme_newcomer() -> None:
    low = (0, 3, 2, 0, 0, 1)  # a sum of 12 over 6
    assert named(table(6, marks=low), table(7, half=25, scored=7)) == {}
    high = (0, 2, 2, 1, 0, 0)  # a sum of 9 over 5: only a sixth person at 5 lifts it above 2.25
    assert named(table(5, marks=high), table(6, half=25, scored=6)) == {1 << 5: 5}


def test_a_window_a_level_wide_names_fewer() -> None:
    high = (0, 2, 2, 1, 0, 0)
    assert named(table(5, marks=high), table(6, half=25, scored=6, within=5.0)) == {}
    assert named(table(5, marks=high), table(6, half=28, scored=6, within=5.0)) == {1 << 5: 5}


def test_a_rung_not_put_to_the_test_names_nobody() -> None:
    left = table(7)
    assert named(table(8, marks=EIGHT), Seen(left.bases, None, (), tested=())) == {}


def test_hiding_names_the_one_who_left() -> None:
    """Three said 2 and five said 3; without one of the threes that said 2 it would be too alike."""
    assert named(table(8, marks=EIGHT), table(7)) == {1 << 7: 2}


def test_a_rung_that_must_have_failed_names_people_to_a_pair_at_most() -> None:
    """Parents or providers alone were too alike: only three parents at 2 beside these two could be."""
    bases = {"parents": 0b11111, "providers": 0b111111 << 5, "others": 0}
    seen = Seen(bases, 1, (Shown(("parents", "providers"), marks=(0, 2, 3, 2, 2, 2)),))
    assert attack.within(seen, Rules(), (("parents", 1), ("parents", 3))) == {("parents", 2)}
    assert attack.within(seen, Rules(), (("parents", 1),)) == set()
    assert attack.within(seen, Rules(), ()) == set()


def people(first: int, behind: int) -> int:
    """The people numbered from the first up to the one behind the last."""
    return (1 << behind) - (1 << first)


def both_and_others(both: int, others: int, rung: int, *shown: Shown) -> Seen:
    """One display of parents and providers beside others, all of the former providers."""
    bases = {"parents": 0, "providers": both, "others": others}
    return Seen(bases, rung, shown, tested=tuple(range(1, rung + 1)))


BOTH, OTHERS, WHOLE = ("parents", "providers"), ("others",), BASES


def test_what_may_have_been_kept_back_for_news_names_nobody() -> None:
    """Others were seen by window; later their marks either failed or would have made news of it. Without the
    window only failing is left, and that takes a newcomer who said 5."""
    marks = Shown(BOTH, marks=(0, 0, 1, 0, 11, 2))
    first = both_and_others(people(0, 14), people(15, 22), 1, marks, Shown(OTHERS, marks=(0, 0, 1, 0, 3, 3)))
    window = Shown(OTHERS, half=42, within=5.0)
    second = both_and_others(people(0, 14), people(16, 22), 1, marks, window)
    whole = Shown(WHOLE, marks=(0, 0, 1, 0, 15, 5))
    third = both_and_others(people(0, 15), people(17, 23), 2, whole)
    assert named(first, second, third) == {}
    assert named(first, third) == {1 << 14: 5}


def test_news_of_an_average_told() -> None:
    ten, told = (people(0, 10), (0, 2, 2, 3, 3, 0, 0)), [(people(0, 11), 27)]  # from 28/11 to 32/11
    assert not attack.makes_news([ten], [], told, Rules())
    assert attack.makes_news([ten], [], [(people(0, 11), 31)], Rules())
    assert not attack.makes_news([ten], [[ten]], [(people(0, 11), 31)], Rules())
    alike = (people(0, 10), (0, 0, 2, 8, 0, 0, 0))  # not fit to be shown
    assert attack.makes_news([alike], [], told, Rules())
    assert attack.newsworthy([people(0, 10), people(20, 30)], [], told) == [people(0, 10)]


def test_a_part_that_failed_beside_a_window_names_a_newcomer() -> None:
    """Taken from the whole table, the fourteen of before leave eight; without a 3 seven of them are too alike."""
    first = both_and_others(people(0, 14), 0, 2, Shown(WHOLE, marks=(0, 0, 0, 3, 11, 0)))
    whole = Shown(WHOLE, marks=(0, 0, 0, 6, 16, 0))
    assert named(first, both_and_others(people(0, 15), people(15, 22), 2, whole)) == {1 << 14: 3}


def test_what_may_have_been_withheld_for_a_pairs_sake() -> None:
    assert attack.may_tell_a_pair((0, 2, 6, 2, 2, 2, 0), 5, 9)
    assert attack.may_tell_a_pair((5, 2, 9, 2, 2, 2, 5), 5, 9)  # some of these
    assert not attack.may_tell_a_pair((1, 2, 6, 2, 2, 1, 0), 5, 9)
    assert not attack.may_tell_a_pair((0, 1, 9, 1, 1, 1, 1), 5, 9)
