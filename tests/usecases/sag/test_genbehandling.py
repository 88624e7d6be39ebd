"""A committee's decision about a placement says when it looks again (§ 50); no other does."""

from datetime import date

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import personer
from dubu_plugin.usecases.sag.record_event import NONE, NotClear, foresee, record_event

from .desk import Desk

COMMITTEE = H.UDVALGSAFGOERELSE_TRUFFET


def test_paragraf_50_about_the_placement_none_is_refused_without_a_reason(desk: Desk) -> None:
    never = {"angaar": "anbringelse", "genbehandling": NONE}
    for text in ("", "x"):
        with pytest.raises(NotClear) as no:
            record_event(desk.sag, desk.note(COMMITTEE, answers=never, text=text), **desk.act())
        assert "§ 50" in no.value.fields["genbehandling"]
        assert "Permanent anbringelse besluttet" in no.value.fields["genbehandling"]
    desk.say(COMMITTEE, answers=never, text="Udvalget fandt, at barnet ikke skal anbringes.")
    assert "genbehandling" not in desk.newest(COMMITTEE).data


def test_paragraf_50_about_the_placement_it_must_be_answered(desk: Desk) -> None:
    with pytest.raises(NotClear) as no:
        record_event(
            desk.sag, desk.note(COMMITTEE, answers={"angaar": "anbringelse"}), **desk.act()
        )
    assert set(no.value.fields) == {"genbehandling"}


@pytest.mark.parametrize("about", ["samvaer", "undersoegelse", "hjemgivelse", NONE])
def test_paragraf_50_other_matters_are_not_asked_and_what_stood_in_the_form_is_not_kept(
    desk: Desk, about: str
) -> None:
    desk.say(COMMITTEE, answers={"angaar": "anbringelse", "genbehandling": "et_aar"})
    placed = desk.row("GENB-1").id
    typed = {"genbehandling": "to_aar", "genbehandling_senest": "2027-01-10"}
    note = desk.note(COMMITTEE, answers={"angaar": about, **typed})
    assert not foresee(desk.sag, note, **desk.act())
    record_event(desk.sag, note, **desk.act())
    assert "genbehandling" not in desk.newest(COMMITTEE).data
    assert desk.row("GENB-1").id == placed
    assert desk.rows("GENB-2") == []
    desk.say(COMMITTEE, answers={"angaar": about})


@pytest.mark.parametrize(
    ("born", "exception"),
    [(date(2015, 5, 4), True), (date(2025, 11, 12), True), (date(2025, 11, 13), False),
     (None, False)],
)  # fmt: skip
def test_paragraf_50_stk_5_three_years_are_an_exception_for_who_is_one_or_more(
    desk: Desk, born: date | None, exception: bool
) -> None:
    with desk.town.product.store.add() as connection:
        mine = personer.c.id == desk.child
        due = None if born else date(2027, 1, 20)
        connection.execute(sa.update(personer).where(mine).values(born=born, due_date=due))
    desk.say(COMMITTEE, answers={"angaar": "anbringelse", "genbehandling": "et_aar"})
    said = {"angaar": "anbringelse", "genbehandling": "tre_aar"}
    if exception:
        with pytest.raises(NotClear) as no:
            record_event(desk.sag, desk.note(COMMITTEE, answers=said), **desk.act())
        assert "skriv i notatet hvorfor" in no.value.fields["genbehandling"]
        assert desk.row("GENB-1"), "nothing is lost"
    why = "Begge forældre afsoner i mange år." if exception else ""
    desk.say(COMMITTEE, answers=said, text=why)
    assert desk.row("GENB-3")
    assert [one.state for one in desk.rows("GENB-1")] == ["opfyldt"]
