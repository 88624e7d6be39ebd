"""The rules the product is delivered with."""

from importlib.resources import files
from pathlib import Path

import pytest

from dubu_plugin.frister.rulebook import RuleBook


@pytest.fixture(scope="session")
def shelf() -> Path:
    return Path(str(files("dubu_templates"))) / "frister"


@pytest.fixture(scope="session")
def rules(shelf: Path) -> RuleBook:
    return RuleBook.load([shelf])
