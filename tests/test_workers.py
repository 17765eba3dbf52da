"""What several workers must see alike."""

import os

import pytest


@pytest.mark.parametrize("data", [os.urandom(40)])
def test_no_test_is_called_after_its_bytes(request, data):
    assert len(data) == 40
    assert request.node.name.endswith("[data]")
