from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_plugin.testing.letter_house import LetterHouse, build_letter_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LetterHouse]:
    built = build_letter_house(tmp_path)
    yield built
    built.product.store.close()
