from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.domain.svarfrister import Svarfrist, Unit
from dubu_plugin.store.tables import frister
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import ADAM
from dubu_plugin.testing.reception import Reception, build_reception
from dubu_plugin.usecases.svarfrist.publish import publish

TABT: Any = {
    "area": "tabt", "title": "Tabt arbejdsfortjeneste", "law": "BL § 87", "amount": 4,
    "unit": Unit.WEEKS, "valid_from": date(2026, 1, 1), "source": "proevestrup.example/frister",
}  # fmt: skip
Applied: TypeAlias = Callable[..., UUID]


@pytest.fixture
def reception(tmp_path: Path) -> Iterator[Reception]:
    built = build_reception(tmp_path)
    yield built
    built.product.store.close()


@pytest.fixture
def applied(reception: Reception) -> Applied:
    """Hands an application in, received today."""

    def hand_in(text: str = "Jeg søger tabt arbejdsfortjeneste til Emil.") -> UUID:
        return reception.registered(made_post.eml(text, subject="Ansøgning"))

    return hand_in


def put_in(reception: Reception, **changes: Any) -> int:
    """Publish a time, and return how many applications got another day."""
    return publish(Svarfrist(**{**TABT, **changes}), **reception.by(ADAM))


def days(reception: Reception, underretning: UUID) -> list[tuple[str, date]]:
    """Return the deadlines an application has had, each with its state and day."""
    rows = reception.rows(frister, underretning_id=underretning, rule="LOKALFRIST")
    return sorted((row.state, row.due.date()) for row in rows)
