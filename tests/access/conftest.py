"""One application for all the tests: it is built once, and each test stands in it as it needs."""

from collections.abc import Iterator

import pytest

from . import municipality
from .municipality import Municipality


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    """The whole application over a small municipality."""
    built = municipality.build(tmp_path_factory.mktemp("access"))
    yield built
    municipality.close(built)
