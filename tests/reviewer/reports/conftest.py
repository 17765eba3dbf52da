"""One summary for the tests that only read it."""

import pytest

from reviewer.reports.paper import consolidated_pdf
from tests.reviewer.summary.build import summarised
from tests.reviewer.summary.example import example_panel


@pytest.fixture(scope="session")
def small():
    """Six panellists, eight cases, 17 factors."""
    return summarised(example_panel(members=6, cases=8), resamples=50)


@pytest.fixture(scope="session")
def paper(small):
    return consolidated_pdf(small)
