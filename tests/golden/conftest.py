"""The flag that writes the expected output anew: ``pytest --update-golden tests/golden``.

Pytest knows the flag only where this folder is named on the command line. Elsewhere it counts as not given.
"""

import pytest

FLAG = "--update-golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(FLAG, action="store_true", help="write the files under tests/golden anew")


@pytest.fixture
def update(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption(FLAG, default=False))
