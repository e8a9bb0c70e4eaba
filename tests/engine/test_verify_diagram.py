"""Decision diagrams, held against tables that list every point."""

from itertools import product

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from spectrum_cli.engine.verify_diagram import Diagrams

SIZES = (2, 3, 2)
POINTS = list(product(*(range(size) for size in SIZES)))
TABLES = st.tuples(*(st.sampled_from([0, 1, 2]) for _ in POINTS)).map(
    lambda values: dict(zip(POINTS, values, strict=True))
)
TRUTHS = st.tuples(*(st.sampled_from([True, False, None]) for _ in POINTS)).map(
    lambda values: dict(zip(POINTS, values, strict=True))
)


def drawn(diagrams, table, start=()):
    """Return the diagram of a table of points."""
    if len(start) == len(SIZES):
        return diagrams.leaf(table[start])
    return diagrams.node(len(start), [drawn(diagrams, table, (*start, number)) for number in range(SIZES[len(start)])])


def goes_through(path, point):
    return all(point[variable] == number for variable, number in path.items())


@forall(TABLES)
def test_a_diagram_has_the_values_of_its_table(table):
    diagrams = Diagrams(SIZES)
    node = drawn(diagrams, table)
    assert {point: diagrams.at(node, point) for point in POINTS} == table
    assert diagrams.values(node) == set(table.values())
    assert diagrams.is_leaf(node) is (len(set(table.values())) == 1)


@forall(TABLES, TABLES)
def test_two_functions_are_equal_just_if_they_are_one_node(table, other):
    diagrams = Diagrams(SIZES)
    assert (drawn(diagrams, table) == drawn(diagrams, other)) is (table == other)
    assert drawn(diagrams, table) == drawn(diagrams, dict(table))


@forall(TABLES, TABLES, TABLES)
def test_functions_are_combined_point_by_point(one, two, three):
    diagrams = Diagrams(SIZES)
    nodes = [drawn(diagrams, table) for table in (one, two, three)]
    joined = diagrams.combine(lambda first, second, third: first * 9 + second * 3 + third, *nodes)
    assert {point: diagrams.at(joined, point) for point in POINTS} == {
        point: one[point] * 9 + two[point] * 3 + three[point] for point in POINTS
    }


@forall(TABLES, st.sampled_from(range(len(SIZES))), st.data())
def test_a_variable_held_to_a_class_is_asked_for_no_more(table, variable, data):
    chosen = data.draw(st.sampled_from(range(SIZES[variable])))
    diagrams = Diagrams(SIZES)
    fixed = diagrams.fix(drawn(diagrams, table), variable, chosen)
    for point in POINTS:
        held = (*point[:variable], chosen, *point[variable + 1 :])
        assert diagrams.at(fixed, point) == table[held]
    assert all(variable != diagrams.top(part) for _, part in diagrams.each(fixed))


@forall(TABLES, st.sampled_from([0, 1, 2]))
def test_the_first_place_with_a_wanted_value_is_found(table, value):
    diagrams = Diagrams(SIZES)
    path = diagrams.find(drawn(diagrams, table), lambda found: found == value)
    places = [point for point in POINTS if table[point] == value]
    if not places:
        assert path is None
        return
    assert goes_through(path, places[0])
    assert all(table[point] == value for point in POINTS if goes_through(path, point))


@forall(TABLES, st.tuples(*(st.tuples(*(st.integers(0, 3) for _ in range(size))).filter(any) for size in SIZES)))
def test_the_tally_counts_each_point_by_the_weights_of_its_classes(table, weights):
    counted = {}
    for point in POINTS:
        weight = 1
        for variable, number in enumerate(point):
            weight *= weights[variable][number]
        counted[table[point]] = counted.get(table[point], 0) + weight
    diagrams = Diagrams(SIZES)
    assert diagrams.tally(drawn(diagrams, table), weights) == {
        value: count for value, count in counted.items() if count
    }


def test_variables_that_a_function_does_not_ask_for_are_counted_all_the_same():
    diagrams = Diagrams(SIZES)
    weights = [(1, 3), (1, 1, 1), (2, 5)]
    yes, no = diagrams.leaf("yes"), diagrams.leaf("no")
    assert diagrams.tally(yes, weights) == {"yes": 4 * 3 * 7}
    assert diagrams.tally(diagrams.node(0, [yes, no]), weights) == {"yes": 1 * 3 * 7, "no": 3 * 3 * 7}
    assert diagrams.tally(diagrams.node(2, [yes, no]), weights) == {"yes": 4 * 3 * 2, "no": 4 * 3 * 5}


@forall(TABLES)
def test_each_node_is_named_once_with_a_way_to_it(table):
    diagrams = Diagrams(SIZES)
    node = drawn(diagrams, table)
    parts = [part for _, part in diagrams.each(node)]
    assert len(parts) == len(set(parts))
    asked = {point: [] for point in POINTS}
    for path, part in diagrams.each(node):
        rest = node
        for variable, number in sorted(path.items()):
            assert diagrams.top(rest) == variable
            rest = diagrams.children(rest, variable)[number]
        assert rest == part
        assert not diagrams.is_leaf(part)
    for point in asked:
        rest = node
        while not diagrams.is_leaf(rest):
            assert rest in parts
            rest = diagrams.children(rest, diagrams.top(rest))[point[diagrams.top(rest)]]


@forall(TABLES, TABLES, st.sets(st.sampled_from([(0, 1), (1, 0), (1, 2), (2, 0)])))
def test_values_that_functions_have_together_are_found_with_a_place(one, two, left_out):
    diagrams = Diagrams(SIZES)
    found = diagrams.vectors(
        [drawn(diagrams, one), drawn(diagrams, two)], lambda variable, number: (variable, number) in left_out
    )
    seen = [
        point for point in POINTS if not any((variable, number) in left_out for variable, number in enumerate(point))
    ]
    assert set(found) == {(one[point], two[point]) for point in seen}
    for vector, path in found.items():
        assert any(goes_through(path, point) and (one[point], two[point]) == vector for point in seen)
        assert all((one[point], two[point]) == vector for point in seen if goes_through(path, point))


@forall(TRUTHS)
def test_true_false_and_unknown_are_kept_apart(table):
    diagrams = Diagrams(SIZES)
    opposite = diagrams.combine(lambda value: None if value is None else not value, drawn(diagrams, table))
    assert all(diagrams.at(opposite, point) is (None if value is None else not value) for point, value in table.items())


def test_equal_values_of_different_kinds_are_different_leaves():
    diagrams = Diagrams(SIZES)
    leaves = [diagrams.leaf(value) for value in (0, False, 0.0, 1, True, None)]
    assert len(set(leaves)) == 6
    assert [diagrams.value(leaf) for leaf in leaves] == [0, False, 0.0, 1, True, None]
    assert [type(diagrams.value(leaf)) for leaf in leaves[:3]] == [int, bool, float]
    assert diagrams.leaf(False) == leaves[1]


def test_a_node_whose_children_are_all_the_same_is_left_out():
    diagrams = Diagrams(SIZES)
    yes, no = diagrams.leaf(True), diagrams.leaf(False)
    assert diagrams.node(1, [yes, yes, yes]) == yes
    assert diagrams.top(diagrams.node(1, [yes, yes, no])) == 1
    assert diagrams.top(diagrams.node(1, [no, yes, yes])) == 1


def test_the_first_variable_asked_for_is_that_of_any_function():
    diagrams = Diagrams(SIZES)
    yes, no = diagrams.leaf(True), diagrams.leaf(False)
    late, early = diagrams.node(2, [yes, no]), diagrams.node(0, [no, yes])
    assert diagrams.top(late, yes) == 2
    assert diagrams.top(late, early) == 0
    assert diagrams.top(yes) == len(SIZES)
    assert diagrams.children(late, 1) == (late, late, late)
    assert diagrams.children(late, 2) == (yes, no)


def test_work_on_one_part_of_a_function_is_done_once():
    """Sixty questions of two answers: as many places as no list could hold."""
    sizes = (2,) * 60
    diagrams = Diagrams(sizes)
    odd = [diagrams.leaf(False), diagrams.leaf(True)]
    for variable in reversed(range(60)):
        odd = [diagrams.node(variable, odd), diagrams.node(variable, odd[::-1])]
    halves = diagrams.tally(odd[0], [(1, 1)] * 60)
    assert halves == {True: 2**59, False: 2**59}
    assert diagrams.values(odd[0]) == {True, False}
    assert len(diagrams.each(odd[0])) == 2 * 60 - 1
    assert diagrams.find(odd[0], lambda value: value == "neither") is None
    opposite = diagrams.combine(lambda value: not value, odd[0])
    assert opposite == odd[1]
    assert diagrams.fix(odd[0], 59, 1) != diagrams.fix(odd[0], 59, 0)
    assert set(diagrams.vectors([odd[0], odd[1]], lambda *_: False)) == {(True, False), (False, True)}


@pytest.mark.parametrize("sizes", [[2, 3], (2, 3)])
def test_the_sizes_are_kept(sizes):
    assert Diagrams(sizes).sizes == (2, 3)
