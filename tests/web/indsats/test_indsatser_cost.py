"""The pages a decision is carried out from ask the database at most a dozen questions."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.indsats.test_indsatser import Asking, begun, decided


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    return day.town.sag(child)


@pytest.mark.parametrize("page", ["afgoerelse", "ny", "indsats", "indsatser"])
def test_a_page_asks_at_most_a_dozen_questions(
    asking: Asking, day: Day, sag: UUID, page: str
) -> None:
    number = decided(day, sag, "familiebehandling", "kontaktperson", "praktik")
    where = begun(asking, sag)
    path = {
        "afgoerelse": f"/dubu/sag/{sag}/afgoerelse/{number}",
        "ny": f"/dubu/sag/{sag}/indsatser/ny",
        "indsats": f"{where}?goer=aendr",
        "indsatser": f"/dubu/sag/{sag}/indsatser",
    }[page]
    said: list[str] = []
    engine = day.town.product.store.engine

    def heard(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", heard)
    assert asking(KAREN).get(path).status_code == 200
    sa.event.remove(engine, "before_cursor_execute", heard)
    asked = [one for one in said if one.startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(asked) <= 12, "\n".join(one[:160].replace("\n", " ") for one in asked)
