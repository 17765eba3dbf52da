"""One invented inquiry for all tests of the demonstration: it takes seconds to write."""

import pytest

from reviewer.demo.content import inquiry


@pytest.fixture(scope="session")
def made():
    return inquiry()
