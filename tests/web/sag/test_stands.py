"""Where a case is now is said of it where it is found, and not where what came in brought it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.forloeb_handicap import AREA
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.web.sag.stands import standing_words

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)


def told(*what: H | tuple[H, dict[str, object]]) -> Sequence[Fact]:
    """Return facts a day apart."""
    found = [one if isinstance(one, tuple) else (one, {}) for one in what]
    return [
        Fact(one, FIRST + timedelta(days=number), data, number)
        for number, (one, data) in enumerate(found)
    ]


CAME, DECIDED, RUNS = H.UNDERRETNING_MODTAGET, H.AFGOERELSE_TRUFFET, H.INDSATS_IVAERKSAT
NEEDED = (H.UNDERRETNING_VURDERET, {"behov": True, "naeste": "screening"})
EXAMINED = (H.UNDERSOEGELSE_BESLUTTET, H.UNDERSOEGELSE_AFSLUTTET)


@pytest.mark.parametrize(
    ("facts", "step", "words"),
    [
        ((), "screening", "screening"),
        ((CAME,), "modtaget", "underretning modtaget"),
        ((CAME, NEEDED), "screening", "screening"),
        ((CAME, (H.UNDERRETNING_VURDERET, {"naeste": "intet"})), "intet", "intet videre"),
        ((CAME, H.UNDERSOEGELSE_BESLUTTET), "afdaekning", "afdækning"),
        (EXAMINED, "afdaekning", "afdækning færdig"),
        (EXAMINED, "screening", "undersøgelse færdig"),
        ((*EXAMINED, H.AFGOERELSE_FORBEREDT), "screening", "afgørelse"),
        ((*EXAMINED, H.AFGOERELSE_FORBEREDT, DECIDED, RUNS), "screening", "indsats"),
        ((RUNS, H.OPFOELGNING_AFHOLDT), "screening", "indsats"),
        ((RUNS, CAME), "modtaget", "underretning modtaget"),
        ((DECIDED, H.KLAGE_MODTAGET), "screening", "afgørelse færdig"),
    ],
)
def test_it_is_where_it_has_come_to(facts: tuple[H, ...], step: str, words: str) -> None:
    assert standing_words(told(*facts), "udsatte_boern", step=step, phase="active") == words


def test_a_closed_case_is_closed() -> None:
    assert standing_words(told(RUNS), "udsatte_boern", step="screening", phase="closed") == "lukket"


def test_a_case_about_a_disability_has_its_own_words() -> None:
    assert standing_words(told(RUNS), AREA, step="ansoegt", phase="active") == "hjælp"
