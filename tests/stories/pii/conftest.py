"""The finder's own tests see every text anew."""

import pytest


@pytest.fixture(autouse=True)
def _looked_at_once():
    """Nothing is remembered here between one look and the next."""
