"""The gate, by example, by property, and by trying every table that would give the same output."""

from collections import Counter
from contextlib import contextmanager
from itertools import combinations_with_replacement, product
from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milestones import disclosure
from milestones.disclosure import (
    BASES,
    CANNOT_SAY,
    LADDER,
    WITHHELD,
    Display,
    Earlier,
    Figure,
    Tally,
    code,
    display,
    group_of,
    merge,
    public,
    sealing_rung,
    ticks,
    word_groups,
)

PARENTS, PROVIDERS, OTHERS = LADDER[0]
BOTH = LADDER[1][0]
WHOLE = BASES
MIXED = {1: 2, 2: 2, 3: 2}


def people(*sizes):
    return {base: frozenset((base, i) for i in range(n)) for base, n in zip(BASES, sizes, strict=True)}


def seal(*answers):
    """The tally of a table, given one mapping of answers to numbers per base."""
    kept = {base: {a: n for a, n in given.items() if n} for base, given in zip(BASES, answers, strict=True)}
    rung = sealing_rung({base: sum(n for a, n in given.items() if a) for base, given in kept.items()})
    return Tally(rung, {} if rung is None else merge({(base,): given for base, given in kept.items()}, rung))


def shown(*answers, earlier=()):
    return display(seal(*answers), took_part=people(*(sum(a.values()) for a in answers)), earlier=earlier)


# Names of groups


def test_code_and_back():
    assert code(BOTH) == "parents+providers"
    for rung in LADDER:
        for group in rung:
            assert group_of(code(group)) == group


@pytest.mark.parametrize(
    "wrong", ["", "parent", "providers+parents", "parents+parents", "parents+", "others+x"]
)
def test_only_groups_have_a_code(wrong):
    with pytest.raises(ValueError, match="is not a group"):
        group_of(wrong)


# Sealing


@pytest.mark.parametrize(
    ("scored", "rung"),
    [
        ((5, 5, 5), 0),
        ((4, 5, 5), 1),
        ((0, 5, 5), 1),
        ((2, 3, 5), 1),
        ((5, 5, 4), 2),
        ((2, 2, 5), 2),
        ((0, 0, 5), 2),
        ((2, 1, 1), None),
        ((0, 0, 0), None),
    ],
)
def test_sealing_rung(scored, rung):
    assert sealing_rung(dict(zip(BASES, scored, strict=True))) == rung


def test_a_base_without_answers_may_be_left_out():
    assert sealing_rung({"others": 5, "parents": 5}) == 1
    assert sealing_rung({"others": 5, "parents": 4}) == 2
    assert sealing_rung({}) is None


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_no_tally_is_of_fewer_than_five(scored):
    given = dict(zip(BASES, scored, strict=True))
    rung = sealing_rung(given)
    if rung is None:
        assert sum(scored) < 5
    else:
        assert all(sum(given[b] for b in group) >= 5 for group in LADDER[rung])
        assert rung == 0 or any(sum(given[b] for b in group) < 5 for group in LADDER[rung - 1])


def test_merge_adds_up_and_names_every_group():
    counts = {PARENTS: {1: 2, CANNOT_SAY: 1}, PROVIDERS: {1: 1, 3: 4}}
    assert merge(counts, 0) == {**counts, OTHERS: {}}
    assert merge(counts, 1) == {BOTH: {1: 3, CANNOT_SAY: 1, 3: 4}, OTHERS: {}}
    assert merge(counts, 2) == {WHOLE: {1: 3, CANNOT_SAY: 1, 3: 4}}


def test_merge_leaves_what_it_was_given():
    counts = {PARENTS: {1: 2}, PROVIDERS: {1: 1}, OTHERS: {}}
    merge(counts, 2)
    assert counts == {PARENTS: {1: 2}, PROVIDERS: {1: 1}, OTHERS: {}}


def test_merge_never_splits():
    with pytest.raises(ValueError, match="finely enough for rung 0"):
        merge({BOTH: {1: 5}}, 0)


# One round


def test_three_groups():
    result = shown({1: 2, 2: 2, 3: 2, CANNOT_SAY: 3}, MIXED, {2: 3, 4: 4})
    assert result == Display(
        0,
        (
            Figure(PARENTS, people=6, cannot_say=3, counts=MIXED, average=20),
            Figure(PROVIDERS, people=6, cannot_say=0, counts=MIXED, average=20),
            Figure(OTHERS, people=7, cannot_say=0, counts={2: 3, 4: 4}, average=31),
        ),
    )


def test_five_answers_do():
    five = {1: 2, 2: 2, 3: 1}
    assert shown(five, five, five).rung == 0


def test_cannot_say_does_not_count_towards_five():
    four = {1: 2, 2: 2, CANNOT_SAY: 4}
    assert shown(four, MIXED, MIXED).rung == 1
    assert shown(MIXED, MIXED, four).rung == 2


def test_two_answers_taken_away_must_leave_two_levels():
    assert shown({1: 3, 2: 3}, MIXED, MIXED).rung == 0
    assert shown({1: 4, 2: 2}, MIXED, MIXED).rung == 1
    assert shown({1: 4, 2: 1, 3: 1}, MIXED, MIXED).rung == 1
    assert shown(MIXED, MIXED, {1: 4, 2: 2}).rung == 2


def test_cannot_say_is_no_level_left_over():
    assert shown(MIXED, MIXED, {1: 5, CANNOT_SAY: 5}).rung == 2


def test_an_empty_group_fails():
    assert shown({}, MIXED, MIXED).rung == 1
    assert shown(MIXED, MIXED, {}).rung == 2


def test_too_few_or_too_alike():
    assert shown({1: 1}, {2: 1}, {3: 2}) == WITHHELD
    assert shown({3: 9}, {3: 9, 2: 2}, {3: 9}) == WITHHELD
    assert Display(None, ()) == WITHHELD


def test_each_figure_is_complete():
    figure = shown({5: 2, 1: 3, 2: 0, CANNOT_SAY: 2}, MIXED, MIXED).figures[0]
    assert figure == Figure(BOTH, people=11, cannot_say=2, counts={1: 5, 2: 2, 3: 2, 5: 2}, average=23)
    assert list(figure.counts) == [1, 2, 3, 5]


def test_order_of_answers_does_not_show():
    forth, back = {1: 2, 2: 2, 3: 2}, {3: 2, 2: 2, 1: 2, 4: 0}
    assert repr(shown(forth, forth, forth)) == repr(shown(back, back, back))


def test_a_tally_kept_coarse_is_never_split():
    tally = Tally(1, {BOTH: {1: 6, 2: 6}, OTHERS: MIXED})
    assert display(tally, took_part=people(6, 6, 6)).rung == 1
    assert display(Tally(2, {WHOLE: {1: 9, 2: 9}}), took_part=people(6, 6, 6)).rung == 2


def test_more_answers_than_people_is_a_mistake():
    with pytest.raises(ValueError, match="more answers than people"):
        display(seal(MIXED, MIXED, MIXED), took_part=people(6, 6, 5))
    with pytest.raises(ValueError, match="more answers than people"):
        display(seal(MIXED, MIXED, MIXED), took_part={"parents": people(6, 6, 6)["parents"]})


answers = st.dictionaries(st.integers(0, 5), st.integers(0, 7), max_size=6)


@given(answers, answers, answers)
def test_rules_two_to_four(parents, providers, others):
    table = (parents, providers, others)
    result = shown(*table)
    bases = dict(zip(BASES, table, strict=True))

    def may_be_shown(group):
        levels = [a for base in group for a, n in bases[base].items() if a for _ in range(n)]
        return len(levels) >= 5 and all(len(levels) - levels.count(level) >= 3 for level in levels)

    passing = [rung for rung, groups in enumerate(LADDER) if all(map(may_be_shown, groups))]
    if result.rung is None:
        assert result.figures == ()
        return
    assert result.rung == passing[0]
    assert tuple(figure.group for figure in result.figures) == LADDER[result.rung]
    for figure in result.figures:
        assert figure.people == sum(figure.counts.values()) >= 5
        assert figure.cannot_say == sum(bases[base].get(CANNOT_SAY, 0) for base in figure.group)
        assert figure.half is None


# Every table behind an output


def compositions(n, answers):
    """Every way n people can give these answers."""
    if len(answers) == 1:
        yield {answers[0]: n}
        return
    for first in range(n + 1):
        for rest in compositions(n - first, answers[1:]):
            yield {answers[0]: first, **rest}


def splits(answers, size):
    """Every way to take `size` people out of these answers, with those who remain."""
    for taken in product(*(range(n + 1) for n in answers.values())):
        if sum(taken) == size:
            part = dict(zip(answers, taken, strict=True))
            yield part, {a: n - part[a] for a, n in answers.items()}


def behind(tables):
    """The tables behind each output, seen byte for byte."""
    outputs = {}
    for table in tables:
        outputs.setdefault(repr(shown(*table)), []).append([Counter(given) for given in table])
    return outputs


def pinned(tables, observers):
    """Whether some observers, who know their own answers and these tables, know someone else's answer."""
    values = sorted({(base, a) for table in tables for base in range(3) for a, n in table[base].items() if n})
    for known in combinations_with_replacement(values, observers):
        own = [Counter(a for base, a in known if base == b) for b in range(3)]
        possible = [set(), set(), set()]
        for table in tables:
            if all(own[base] <= table[base] for base in range(3)):
                for base in range(3):
                    possible[base].update(table[base] - own[base])
                if all(len(found) != 1 for found in possible) and any(possible):
                    break
        if any(len(found) == 1 for found in possible):
            return True
    return False


@pytest.mark.parametrize(
    ("sizes", "values"),
    [((5, 5, 5), (0, 1, 2)), ((5, 5, 5), (1, 2, 3)), ((3, 5, 5), (0, 1, 2)), ((2, 2, 7), (1, 2, 3))],
)
def test_every_small_table(sizes, values):
    tables = product(*(list(compositions(n, values)) for n in sizes))
    for output, same in behind(tables).items():
        assert not any(pinned(same, observers) for observers in (0, 1, 2)), output


def partitions(n, parts, most):
    """Every way to share n people over levels, the commonest level first."""
    if parts == 0:
        if n == 0:
            yield ()
        return
    for first in range(min(n, most), -1, -1):
        for rest in partitions(n - first, parts - 1, first):
            yield first, *rest


def joined(small, large):
    """Outputs that name one joined group of two parts, each with the tables behind it.

    On the first coarse rung the parts are parents and providers; on the second providers and others.
    """
    for cannot_say in (0, 1):
        for levels in partitions(small + large - cannot_say, 5, small + large):
            whole = {CANNOT_SAY: cannot_say, **dict(enumerate(levels, 1))}
            both = list(splits(whole, small))
            for rung, tables in (1, [(a, b, MIXED) for a, b in both]), (2, [({}, b, a) for a, b in both]):
                with without_pairs():
                    coarse = [table for table in tables if shown(*table).rung == rung]
                if coarse:
                    yield coarse


@contextmanager
def without_pairs():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disclosure, "_tells_a_pair", lambda *_: False)
        yield


@pytest.mark.parametrize(("small", "large"), [(4, 7), (5, 5), (5, 7), (5, 9), (6, 8)])
def test_what_the_ladder_tells_is_withheld_and_nothing_else_is(small, large):
    told = 0
    for tables in joined(small, large):
        counters = [[Counter(given) for given in table] for table in tables]
        assert not pinned(counters, 0)
        assert not pinned(counters, 1)
        pair = pinned(counters, 2)
        told += pair
        assert {shown(*table) == WITHHELD for table in tables} == {pair}
    assert bool(told) is ((small, large) not in {(4, 7), (5, 5)})


# Five parents, nine providers, nobody who can't say. Providers are too mixed to have failed, so the parents
# did: at least three of them said 1. Two parents who said 2 and 3 would know the other three.
TOLD = ({1: 3, 2: 1, 3: 1}, {1: 3, 2: 1, 3: 1, 4: 2, 5: 2}, MIXED)


def test_a_pair_that_the_ladder_would_tell():
    with without_pairs():
        assert shown(*TOLD).rung == 1
    assert shown(*TOLD) == WITHHELD


def test_one_who_cannot_say_hides_it_again():
    parents, providers, others = TOLD
    assert shown(parents, {**providers, CANNOT_SAY: 1}, others).rung == 1
    took_part = people(5, 10, 6)  # one of them left this milestone blank
    assert display(seal(*TOLD), took_part=took_part).rung == 1


def test_the_trial_of_every_table_can_fail(monkeypatch):
    monkeypatch.setattr(disclosure, "_passes", lambda a: sum(n for v, n in a.items() if v) >= 5)
    outputs = behind(product(*(list(compositions(5, (1, 2))) for _ in BASES)))
    for observers in (0, 1, 2):
        assert any(pinned(same, observers) for same in outputs.values())


# Rounds compared


def spread(n):
    """As mixed as answers come that leave room for two people to come or go."""
    return dict(Counter(i % 3 + 2 for i in range(n)))


def of(bases):
    return {base: frozenset(bases.get(base, "")) for base in BASES}


def size(group, bases):
    return sum(len(bases.get(base, "")) for base in group)


def round_of(rung, **bases):
    """An earlier round in which that rung was shown in marks."""
    figures = tuple(Figure(group, counts=spread(size(group, bases))) for group in LADDER[rung])
    return Earlier(figures, LADDER[rung], of(bases))


def now(rung, earlier, **bases):
    """What is shown on that rung when everyone's answers are mixed."""
    counts = {group: spread(size(group, bases)) for group in LADDER[rung]}
    return display(Tally(rung, counts), took_part=of(bases), earlier=earlier)


def hidden(result):
    return {figure.group for figure in result.figures if figure.counts is None}


TEN = "abcdefghij"
LAST = {"parents": TEN, "providers": TEN.upper(), "others": "0123456789"}


def test_same_people_or_many_others():
    for parents in (TEN, TEN + "xyz", TEN[3:], TEN[2:] + "x", TEN[1:] + "xy"):
        result = now(0, [round_of(0, **LAST)], **{**LAST, "parents": parents})
        assert (result.rung, hidden(result)) == (0, set())
    assert hidden(now(0, [], **LAST)) == set()


@pytest.mark.parametrize("parents", [TEN + "x", TEN + "xy", TEN[1:], TEN[2:], TEN[1:] + "x"])
def test_one_or_two_joined_plus_left(parents):
    result = now(0, [round_of(0, **LAST)], **{**LAST, "parents": parents})
    assert (result.rung, hidden(result)) == (0, {PARENTS})
    assert result.figures[0] == Figure(PARENTS, half=result.figures[0].half)
    assert result.tested == {0: (PROVIDERS, OTHERS)}
    assert hidden(now(1, [round_of(1, **LAST)], **{**LAST, "parents": parents})) == {BOTH}
    assert hidden(now(2, [round_of(2, **LAST)], **{**LAST, "parents": parents})) == {WHOLE}


def test_somebody_who_changed_groups():
    moved = {**LAST, "parents": TEN[1:], "providers": TEN.upper() + "a"}
    assert hidden(now(0, [round_of(0, **LAST)], **moved)) == {PARENTS, PROVIDERS}
    assert hidden(now(1, [round_of(0, **LAST)], **moved)) == set()


def test_people_are_compared_not_names_of_groups():
    few = round_of(2, parents=TEN, providers=TEN.upper(), others="mn")
    assert hidden(now(1, [few], parents=TEN, providers=TEN.upper(), others="mnopqrst")) == {BOTH}


def test_a_difference_of_earlier_groups_is_known_too():
    whole = round_of(2, **LAST)
    others = Earlier((Figure(OTHERS, counts=spread(10)),), (OTHERS,), of({"others": LAST["others"]}))
    joined = {**LAST, "parents": TEN + "x", "others": "nobody here now"}
    counts = {BOTH: {2: 7, 3: 7, 4: 7}, OTHERS: spread(10)}
    result = display(Tally(1, counts), took_part=of(joined), earlier=[whole, others])
    assert hidden(result) == {BOTH}
    assert hidden(display(Tally(1, counts), took_part=of(joined), earlier=[whole])) == set()


def test_every_earlier_round_counts():
    joined = {**LAST, "parents": TEN + "xyzuvwt"}
    between = round_of(0, **{**LAST, "parents": TEN + "xyzuvw"})
    for earlier in ([round_of(0, **LAST), between], [between, round_of(0, **LAST)]):
        assert hidden(now(0, earlier, **joined)) == {PARENTS}


def test_a_test_that_failed_counts_like_one_that_passed():
    """Hidden then and shown now would tell about the one who joined."""
    failed = Earlier((), (WHOLE,), of(LAST))
    assert now(2, [failed], **{**LAST, "parents": TEN + "x"}) == WITHHELD
    assert now(2, [failed], **LAST).rung == 2
    assert now(2, [failed], **{**LAST, "parents": TEN + "xyz"}).rung == 2
    never = Earlier((), (), of(LAST))
    assert now(2, [never], **{**LAST, "parents": TEN + "x"}).rung == 2


def test_a_group_whose_average_cannot_be_foreseen_is_not_tested():
    small = {"parents": "abcde", "providers": TEN, "others": TEN.upper()}
    before = Earlier((Figure(PARENTS, counts={1: 2, 2: 1, 5: 2}),), (PARENTS,), of(small))
    joined = {**small, "parents": "abcdexy"}
    assert now(0, [before], **{**small, "parents": "abcdexyz"}).rung == 0
    assert now(0, [before], **joined).tested == {1: (BOTH, OTHERS)}
    assert now(0, [before], **joined).rung == 1


def test_a_group_that_need_not_pass_is_not_tested():
    whole = Earlier((Figure(WHOLE, counts={2: 7, 3: 3}),), (WHOLE,), of({"others": TEN}))
    assert (
        display(Tally(2, {WHOLE: {2: 8, 3: 3}}), took_part=of({"others": TEN + "x"}), earlier=[whole]).rung
        == 2
    )
    left = display(Tally(2, {WHOLE: {2: 6, 3: 3}}), took_part=of({"others": TEN[1:]}), earlier=[whole])
    assert (left, left.tested) == (WITHHELD, {})


def test_too_few_people_make_no_test():
    assert shown(MIXED, {1: 2}, MIXED).tested == {1: (BOTH, OTHERS)}
    assert shown({1: 1}, {2: 1}, {3: 2}).tested == {}
    assert shown({3: 9}, {3: 9, 2: 2}, {3: 9}).tested == dict(enumerate(LADDER))
    assert shown({1: 4, 0: 2}, MIXED, MIXED).tested == {0: LADDER[0], 1: LADDER[1]}


@pytest.mark.parametrize(
    ("counts", "half"),
    [
        ({2: 4, 3: 4, 4: 3}, 29),
        ({1: 4, 2: 4, 3: 3}, 19),  # 1.91, below 2.4
        ({1: 3, 2: 5, 3: 1, 5: 2}, 19),  # 2.36
        ({1: 2, 2: 5, 3: 2, 5: 2}, 29),  # 2.45
        ({3: 7, 4: 4}, 29),  # 3.36
        ({3: 6, 4: 5}, 39),  # 3.45
        ({4: 4, 5: 7}, 49),
        ({1: 8, 2: 3}, 10),  # around 0.9 there is nothing below 1
    ],
)
def test_windows_a_level_wide(counts, half):
    before = Earlier((Figure(WHOLE, counts={2: 4, 3: 3, 4: 3}),), (WHOLE,), of({"others": TEN}))
    result = display(
        Tally(2, {WHOLE: {**counts, CANNOT_SAY: 0}}), took_part=of({"others": TEN + "x"}), earlier=[before]
    )
    assert result == Display(2, (Figure(WHOLE, half=half),))


def test_the_scale_bounds_the_windows():
    forty = {"others": range(40)}
    before = Earlier((Figure(WHOLE, counts={2: 24, 3: 16}),), (WHOLE,), of(forty))
    tally, took_part = Tally(2, {WHOLE: {2: 3, 3: 38}}), of({"others": range(41)})
    assert display(tally, took_part=took_part, earlier=[before], levels=3).figures[0].half == 30  # not 34
    assert display(tally, took_part=took_part, earlier=[before], levels=9).figures[0].half == 25


levels = st.dictionaries(st.integers(1, 5), st.integers(1, 6), min_size=2, max_size=5)


@given(levels, st.lists(st.integers(0, 5), max_size=2), st.integers(0, 2), st.data())
def test_whoever_trusts_that_nobody_changed_learns_nothing(before, joined, left, data):
    """Whatever the one or two answered, the page is the same, byte for byte."""
    n = sum(before.values())
    assume(n >= 5)  # fewer are not put to the test
    everyone = frozenset(range(n))
    left = min(left, 2 - len(joined), n)
    leaving = sorted(a for a, k in before.items() for _ in range(k))
    gone = [data.draw(st.sampled_from(leaving)) for _ in range(left)]
    after = Counter(before)
    after.subtract(gone)
    if min(after.values()) < 0 or not (joined or left):
        return
    after.update(joined)
    now_ = everyone - frozenset(range(left)) | {f"new {i}" for i in range(len(joined))}
    first = display(Tally(2, {WHOLE: before}), took_part={"others": everyone})
    past = Earlier(first.figures, first.tested.get(2, ()), {"others": everyone})
    pages = set()
    for answers in (after, steady_twin(before, len(joined), left)):
        if sum(k for a, k in answers.items() if a) >= 5:
            tally = Tally(2, {WHOLE: dict(+answers)})
        else:
            tally = Tally(None, {})
        pages.add(repr(display(tally, took_part={"others": now_}, earlier=[past])))
    assert len(pages) == 1


def steady_twin(before, joined, left):
    """The same round, had the commonest answers left and lasting ones come."""
    twin = Counter(before)
    for _ in range(left):
        twin[max(twin, key=lambda a: twin[a])] -= 1
    twin[5] += joined
    return twin


def seated(sets):
    """Each person in the first of the sets only."""
    parents, providers, others = sets
    return {"parents": parents, "providers": providers - parents, "others": others - providers - parents}


who = st.frozensets(st.integers(0, 40), min_size=5, max_size=14)


@given(st.lists(who, min_size=6, max_size=6), st.randoms(use_true_random=False))
def test_who_took_part_decides_what_is_tested(sets, rng):
    """Whatever they answer, the same people are put to the same tests, as far as these go."""
    past = Earlier((), LADDER[1], seated(sets[:3]))
    later = seated(sets[3:])
    tests = [display(Tally(None, {}), took_part=later, earlier=[past]).tested]
    for most in (1, 2, 5):
        table = [Counter(rng.randint(0, most) for _ in people) for people in later.values()]
        tests.append(display(seal(*table), took_part=later, earlier=[past]).tested)
    assert all(tests[0][rung] == groups for test in tests for rung, groups in test.items())


def later_than_the_window(*came):
    """Thirteen were shown in marks; one joined; two more joined: the whole table each time."""
    kept = {1: 2, 2: 2, 3: 9}
    first = frozenset(range(13))
    one = Earlier((Figure(WHOLE, counts=kept),), (WHOLE,), {"others": first})
    joined = Tally(2, {WHOLE: {**kept, 3: 10}})
    window = display(joined, took_part={"others": first | {13}}, earlier=[one])
    assert window == Display(2, (Figure(WHOLE, half=26),))
    two = Earlier(window.figures, (), {"others": first | {13}})
    last = Counter(joined.counts[WHOLE])
    last.update(came)
    return display(Tally(2, {WHOLE: last}), took_part={"others": first | {13, 14, 15}}, earlier=[one, two])


def test_marks_that_make_news_of_a_window_are_kept_back():
    assert later_than_the_window(1, 5).figures[0].counts == {1: 3, 2: 2, 3: 10, 5: 1}
    assert later_than_the_window(3, 3) == WITHHELD


def rounds_of(*tables):
    """The displays of one milestone round by round; a table says per base who took part and what they said."""
    past, out = [], []
    for table in tables:
        took_part = {base: frozenset(answers) for base, answers in zip(BASES, table, strict=True)}
        out.append(display(seal(*(Counter(a.values()) for a in table)), took_part=took_part, earlier=past))
        tested = tuple(group for groups in out[-1].tested.values() for group in groups)
        past = [*past, Earlier(out[-1].figures, tested, took_part)]
    return out


def said(*answers, of):
    """Who said what, the people numbered in order: `said(4, 4, of="ab")`."""
    return dict(zip(of, answers, strict=True))


def test_a_group_that_failed_beside_a_window_stops_coarser_rungs():
    """Of the 22, less the 14 of before, the one new provider's 3 was what made the seven others too alike."""
    parents, providers = said(3, *[4] * 7, of=range(8)), said(3, 3, *[4] * 4, of=range(8, 14))
    others = said(3, 3, *[4] * 5, of=range(15, 22))
    first, second = rounds_of((parents, providers, {}), (parents, {**providers, 14: 3}, others))
    assert first.figures[0].counts == {3: 3, 4: 11}
    assert second == WITHHELD
    assert second.tested == {1: (OTHERS,)}


def test_a_window_that_changed_seats_stops_coarser_rungs():
    """The whole table, less the eight others, would be the seven parents and providers and the one who moved."""
    parents, gone = said(0, 5, 5, 5, of=range(4)), said(4, 4, 4, 4, 4, 5, of=range(10, 16))
    stay, moves = said(4, 4, 5, of=range(4, 7)), said(4, of=[7])
    others = said(0, 1, 1, 2, 2, 3, 4, 4, of=range(20, 28))
    last = rounds_of((parents, gone | stay | moves, others), (parents, stay, others | moves))[1]
    assert (last, last.tested) == (WITHHELD, {1: (BOTH,)})


def test_who_could_not_say_is_no_change_of_mind():
    """Two could not say. The marks of the last round, taken from the first whole table, leave the others and
    three at 4; beside them the others with the one who moved can only be shown if the other two said 4."""
    parents = said(*[4] * 7, 5, 5, of=range(9))
    providers = said(0, 0, 4, 4, 4, 5, of=range(10, 16))
    others = said(4, 4, 4, 5, 5, 5, of=range(20, 26))
    before = {**parents, "x": 4, "z": 4}, {**providers, "y": 4}, others
    last = rounds_of(before, (parents, providers, {**others, "z": 4}))[1]
    assert last == Display(2, (Figure(WHOLE, half=42),))
    assert last.tested == {1: (BOTH,), 2: ()}


def test_a_window_is_not_hidden_for_what_the_ladder_would_tell():
    """Of eighteen, seven said 2: marks would be hidden. Of twenty known before, two left: had one of them not
    said 2, eight would have been left, and nothing hidden."""
    parents, providers = said(1, 2, 2, 2, 2, 2, 2, 2, 3, of=range(9)), said(3, of=[10])
    others = said(3, 3, 4, 5, 5, 5, 5, of=range(20, 27))
    before = {**parents, "moves": 1, "left": 2}, {**providers, "left too": 5}, others
    last = rounds_of(before, (parents, providers, {**others, "moves": 1}))[1]
    assert (last, last.tested) == (Display(2, (Figure(WHOLE, half=29),)), {1: (BOTH,), 2: ()})


def test_a_window_that_the_ladder_would_tell_is_withheld_too():
    sizes = people(5, 9, 6)
    past = Earlier((Figure(OTHERS, counts=spread(20)),), (OTHERS,), {"others": sizes["others"] | {"x"}})
    assert display(seal(*TOLD), took_part=sizes, earlier=[past]) == WITHHELD


# In public


def test_public_averages_from_ten():
    ten = {1: 3, 2: 3, 5: 4, CANNOT_SAY: 2}
    assert public(shown(ten, ten, ten)) == Display(0, tuple(Figure(g, average=29) for g in LADDER[0]))


def test_public_is_joined_until_every_group_has_ten():
    nine = {1: 3, 2: 3, 5: 3, CANNOT_SAY: 9}
    ten = {1: 3, 2: 3, 5: 4}
    assert public(shown(nine, ten, ten)) == Display(1, (Figure(BOTH, average=28), Figure(OTHERS, average=29)))
    assert public(shown(ten, ten, nine)) == Display(2, (Figure(WHOLE, average=28),))


def test_public_withheld():
    assert public(WITHHELD) == WITHHELD
    assert public(shown({}, {}, {1: 3, 2: 3, 3: 3})) == WITHHELD
    assert public(shown({}, {}, {1: 3, 2: 3, 3: 4})).rung == 2


def test_public_sees_nothing_beside_a_coarsened_group():
    many = {1: 5, 2: 5, 3: 5}
    past = Earlier((Figure(PARENTS, counts={1: 5, 2: 5, 3: 4}),), (PARENTS,), people(14, 0, 0))
    table = shown(many, many, many, earlier=[past])
    assert [figure.half for figure in table.figures] == [20, None, None]
    assert public(table) == WITHHELD


@given(answers, answers, answers)
def test_public_follows_from_the_table(parents, providers, others):
    inside = shown(parents, providers, others)
    outside = public(inside)
    if outside.rung is None:
        assert outside == WITHHELD
        return
    assert outside.rung >= inside.rung
    for figure in outside.figures:
        parts = [f for f in inside.figures if set(f.group) <= set(figure.group)]
        assert sum(f.people for f in parts) >= 10
        assert figure == Figure(figure.group, average=figure.average)
        exact = sum(level * n for f in parts for level, n in f.counts.items()) / sum(f.people for f in parts)
        assert abs(figure.average - 10 * exact) <= 0.5


# Ticks and words


@pytest.mark.parametrize(
    ("ticked", "answered", "seen"),
    [
        (3, 6, 3),
        (3, 5, None),
        (2, 6, None),
        (4, 6, None),
        (0, 9, None),
        (9, 9, None),
        (7, 10, 7),
        (8, 10, None),
    ],
)
def test_ticks(ticked, answered, seen):
    assert ticks(ticked, answered) == seen


@pytest.mark.parametrize(("ticked", "answered"), [(4, 3), (-1, 3), (1, 0)])
def test_ticks_of_more_than_answered(ticked, answered):
    with pytest.raises(ValueError, match="more ticks"):
        ticks(ticked, answered)


def on(rung):
    return Display(rung, () if rung is None else tuple(Figure(group) for group in LADDER[rung]))


def test_words_under_the_groups_shown():
    words = {PARENTS: 3, PROVIDERS: 4, OTHERS: 3}
    assert word_groups(words, on(0)) == {group: group for group in words}
    assert word_groups(words, on(1)) == {PARENTS: BOTH, PROVIDERS: BOTH, OTHERS: OTHERS}
    assert word_groups(words, on(2)) == dict.fromkeys(words, WHOLE)


def test_words_are_pooled_for_all_when_one_group_has_few():
    for few in ({PARENTS: 2, PROVIDERS: 9, OTHERS: 9}, {PROVIDERS: 9, OTHERS: 9}, {BOTH: 9, OTHERS: 2}):
        assert word_groups(few, on(1 if BOTH in few else 0)) == dict.fromkeys(few, WHOLE)
    joined = {PARENTS: 1, PROVIDERS: 2, OTHERS: 3}
    assert word_groups(joined, on(1)) == {PARENTS: BOTH, PROVIDERS: BOTH, OTHERS: OTHERS}


def test_words_when_figures_are_withheld():
    assert word_groups({PARENTS: 9, PROVIDERS: 9, OTHERS: 9}, WITHHELD) == dict.fromkeys(LADDER[0], WHOLE)
    assert word_groups({WHOLE: 1}, WITHHELD) == {WHOLE: WHOLE}
    assert word_groups({}, on(0)) == {}


def test_words_kept_coarser_than_shown_is_a_mistake():
    with pytest.raises(ValueError, match="finely enough"):
        word_groups({WHOLE: 9}, on(0))


# Fast


@pytest.mark.parametrize("known", [[], [Earlier((), (), {})]])
def test_nothing_is_put_to_the_test_while_nobody_knows_who_took_part_before(known):
    """Any group may then be one person more, or less, than one shown before: even where nothing seems to have been."""
    took_part, tally = people(7, 7, 7), Tally(0, {group: {1: 3, 3: 2, 5: 2} for group in LADDER[0]})
    shown = display(tally, took_part=took_part, earlier=known)
    assert shown.rung == 0 and shown.tested
    for before in ([*known, Earlier((), (), {}, unknown=True)], [Earlier((), (), {}, unknown=True), *known]):
        hidden = display(tally, took_part=took_part, earlier=before)
        assert hidden == WITHHELD and not hidden.tested
        assert public(hidden) == WITHHELD


def test_a_display_takes_about_a_millisecond():
    tally = seal({1: 3, 2: 2, 3: 2, 4: 1}, {2: 3, 3: 3, 4: 2}, {3: 2, 4: 4, 5: 2})
    took_part = people(8, 8, 8)
    past = [round_of(0, **{**LAST, "others": LAST["others"] + "xyzuvw"[: 3 * i]}) for i in range(4)]
    best = min(_seconds(tally, took_part, past) for _ in range(20))
    assert best < 0.005


def _seconds(tally, took_part, past):
    start = perf_counter()
    display(tally, took_part=took_part, earlier=past)
    return perf_counter() - start
