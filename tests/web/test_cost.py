"""What a page asks of the database follows what is shown, and stays below a dozen questions."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

MOST = 12
MOST_ANEW = 2
"""Questions put together while a page is drawn that was drawn before."""

PAGES = {
    "min-dag": ("/dubu/min-dag", KAREN),
    "min-dag-team": ("/dubu/min-dag?vis=team", HENRIK),
    "indgang": ("/dubu/indgang", KAREN),
    "sag": ("/dubu/sag/{ida_sag}", KAREN),
    "sag-leder": ("/dubu/sag/{ida_sag}", HENRIK),
    "ny": ("/dubu/indgang/ny", KAREN),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_at_most_a_dozen_questions(
    name: str, looking: Asking, standing_day: Day, statements: Any
) -> None:
    path, who = PAGES[name]
    client = looking(who)
    statements.said.clear()
    answer = client.get(path.format(**{one: getattr(standing_day, one) for one in Day.__slots__}))
    assert answer.status_code == 200
    assert len(statements.said) <= MOST, "\n".join(one[:90] for one in statements.said)


def test_keeping_a_draft_is_cheap(looking: Asking, statements: Any) -> None:
    client = looking()
    statements.said.clear()
    client.post("/dubu/kladde/henvendelse:ny", {"tekst": "En bekymring"})
    assert len(statements.said) <= 4


@pytest.mark.parametrize("name", ["sag", "min-dag"])
def test_a_page_opened_again_puts_few_questions_together_anew(
    name: str, looking: Asking, standing_day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To put a question together takes as long as to answer it."""
    path, who = PAGES[name]
    client, whole = looking(who), {one: getattr(standing_day, one) for one in Day.__slots__}
    client.get(path.format(**whole))
    made: list[str] = []
    begin = sa.Select.__init__

    def counted(self: Any, *columns: Any, **more: Any) -> None:
        made.append(", ".join(str(column) for column in columns)[:90])
        begin(self, *columns, **more)

    monkeypatch.setattr(sa.Select, "__init__", counted)
    assert client.get(path.format(**whole)).status_code == 200
    assert len(made) <= MOST_ANEW, "\n".join(made)
