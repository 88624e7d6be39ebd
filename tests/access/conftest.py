"""One application for all the tests: it is built once, and each test stands in it as it needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from . import municipality
from .municipality import Municipality


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # They run the same lines many times over, which counting would make half as long again.
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    """The whole application over a small municipality."""
    built = municipality.build(tmp_path_factory.mktemp("access"))
    yield built
    municipality.close(built)
