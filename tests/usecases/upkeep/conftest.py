"""A reception, where what comes in is somebody's or nobody's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_plugin.testing.reception import Reception, build_reception


@pytest.fixture
def reception(tmp_path: Path) -> Iterator[Reception]:
    built = build_reception(tmp_path)
    yield built
    built.product.store.close()
