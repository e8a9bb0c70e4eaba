"""In Firefox too the page and the program give the same answers."""

from itertools import chain, islice

from spectrum_cli.engine.assess import PreparedRules
from tests.board.conformance import differences, give_rules
from tests.board.vectors import examples, few_answers, random_vectors
from tests.firefox.conftest import Opened
from tests.pages.boards import board_html


def test_one_answer_two_answers_every_example_and_random_files(opened: Opened, uk: PreparedRules) -> None:
    page = opened(board_html())
    give_rules(page, uk.rule_base)
    vectors = chain(few_answers(uk), examples(), random_vectors(1_500, 31))
    assert list(differences(page, uk, vectors)) == []


def test_a_change_on_one_side_alone_is_noticed(opened: Opened, uk: PreparedRules, seed: PreparedRules) -> None:
    page = opened(board_html())
    give_rules(page, seed.rule_base)
    assert list(islice(differences(page, uk, random_vectors(200, 32)), 1)) != []
