"""An old undersøgelse is read in the triangle of today, and today's by an older law's areas."""

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import skrifter
from dubu_plugin.testing.ordinary_day import Day
from tests.web.skrift_desk import SCHOOL, Pages


@pytest.fixture
def desk(day: Day) -> Pages:
    return Pages(day)


@pytest.fixture
def old(desk: Pages) -> Pages:
    """Return a desk with an undersøgelse that was begun by the method of 2007."""
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(skrifter)
            .where(skrifter.c.id == desk.bfu.id)
            .values(method="ics_2007", method_version="1")
        )
    desk.put_at(
        desk.bfu,
        {
            ("identitet", "beskrivelse"): "Han ser sig som den, der laver ballade.",
            ("foelelser_adfaerd", "beskrivelse"): "Han bliver hurtigt vred.",
            ("oekonomi", "beskrivelse"): "Der er gæld.",
        },
    )
    return desk


def test_an_old_undersoegelse_is_read_in_the_dimensions_of_today(old: Pages) -> None:
    own = old.shown("hele-teksten")
    assert "metode=ics_2019" in own
    assert "4 Identitet" in own
    shown = old.shown("hele-teksten?metode=ics_2019")
    both = shown.partition("2 Udvikling og adfærd</a></h")[2].partition("<h2>")[0]
    assert "laver ballade" in both
    assert "hurtigt vred" in both
    assert "Skrevet i »4 Identitet«" in both
    assert "Der er gæld." in shown.partition("9 Bolig, beskæftigelse og økonomi")[2]
    assert "Vist efter ICS." in shown


def test_no_text_is_lost_on_the_way(old: Pages) -> None:
    old.put(old.bfu, konklusion="Der er brug for støtte.")
    shown = old.shown("hele-teksten?metode=ics_2019")
    for said in ("laver ballade", "hurtigt vred", "Der er gæld.", "brug for støtte"):
        assert said in shown


def test_todays_is_read_by_the_areas_of_the_older_law(desk: Pages) -> None:
    desk.put_at(desk.bfu, {(SCHOOL, "beskrivelse"): "Fravær 21 pct."})
    shown = desk.shown("hele-teksten?metode=sel_50")
    assert "Fravær 21 pct." in shown.partition("Skoleforhold</a></h")[2]


@pytest.mark.parametrize("method", ["handicap", "ics_2019", "findes_ikke"])
def test_a_method_it_cannot_be_shown_by_is_not_there(desk: Pages, method: str) -> None:
    answer = desk.client().get(f"{desk.url}/hele-teksten?metode={method}")
    assert answer.status_code == 404
