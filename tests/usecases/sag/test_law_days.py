"""Days of the law that depend on what was noted before: locked stays, complaints, answers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.deadlines.answering import requests
from dubu_plugin.store.tables import personer
from dubu_plugin.testing.town import build
from dubu_plugin.usecases.sag.put_right import put_right
from dubu_plugin.usecases.sag.record_event import NONE, NotClear

from .desk import NOW, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    town = build(tmp_path, NOW)
    yield Desk(town)
    town.product.store.close()


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


def born(desk: Desk, day: date) -> None:
    with desk.town.product.store.write(actor="karen", now=NOW) as work:
        work.connection.execute(
            sa.update(personer).where(personer.c.id == desk.child).values(born=day)
        )


# -- BEK 980/2025 § 9: a locked stay ---------------------------------------------------------------

YOUNG = date(2013, 5, 4)
GROWN = date(2010, 5, 4)
LONGER = H.SIKRET_OPHOLD_FORLAENGET


def test_bek_980_9_a_stay_of_a_child_under_15_is_prolonged_once(desk: Desk) -> None:
    born(desk, YOUNG)
    desk.say(H.SIKRET_OPHOLD_BEGYNDT, at(1, 2))
    desk.say(LONGER, at(4, 1))
    with pytest.raises(NotClear) as no:
        desk.say(LONGER, at(7, 1))
    assert "én gang (BEK 980/2025 § 9)" in no.value.fields["sket"]
    desk.say(LONGER, at(7, 1), text="Barnet var væk i fem uger (stk. 5).")
    desk.say(H.SIKRET_OPHOLD_OPHOERT, at(8, 1))
    desk.say(H.SIKRET_OPHOLD_BEGYNDT, at(9, 1))
    desk.say(LONGER, at(11, 1))


def test_bek_980_9_stk_6_a_stay_from_15_lasts_twelve_months_at_the_most(desk: Desk) -> None:
    born(desk, GROWN)
    desk.say(H.SIKRET_OPHOLD_BEGYNDT, at(1, 2))
    for month in (4, 7, 10):
        desk.say(LONGER, at(month, 2))
    with pytest.raises(NotClear) as no:
        desk.say(LONGER, at(11, 10))
    assert "12 måneder" in no.value.fields["sket"]


def test_bek_980_9_stk_6_a_stay_under_15_lasts_nine_months_at_the_most(desk: Desk) -> None:
    born(desk, YOUNG)
    desk.say(H.SIKRET_OPHOLD_BEGYNDT, at(1, 2))
    with pytest.raises(NotClear) as no:
        desk.say(LONGER, at(10, 1))
    assert "9 måneder" in no.value.fields["sket"]


# -- BEK 861/2025 §§ 11 and 13: a complaint --------------------------------------------------------

COMPLAINT = {"opsaettende": "nej"}


def test_bek_861_11_stk_3_a_complaint_of_a_noticed_decision_is_looked_at_in_14_days(
    desk: Desk,
) -> None:
    desk.say(H.FRATAGELSE_VARSLET, at(11, 1), answers={"forsendelse": "digital"})
    its = str(desk.rows("VARSEL-14U")[0].subject_id)
    about = {Subject.AFGOERELSE: its}
    desk.say(H.KLAGE_MODTAGET, at(11, 10), answers=COMPLAINT, about=about)
    assert danish_day(desk.row("GENV-4U").due) == date(2026, 11, 24)
    assert "§ 11, stk. 3" in desk.notes()[-1]["body"]


def test_bek_861_11_a_complaint_of_any_other_decision_has_its_four_weeks(desk: Desk) -> None:
    desk.say(H.KLAGE_MODTAGET, at(11, 10), answers=COMPLAINT)
    assert danish_day(desk.row("GENV-4U").due) == date(2026, 12, 8)


def test_bek_861_13_a_complaint_that_comes_too_late_goes_on_at_once(desk: Desk) -> None:
    desk.say(H.AFGOERELSE_MEDDELT, at(10, 1), answers={"forsendelse": "digital"})
    its = str(desk.rows("KLAGE-4U")[0].subject_id)
    about = {Subject.AFGOERELSE: its}
    desk.say(H.KLAGE_MODTAGET, at(11, 10), answers=COMPLAINT, about=about)
    assert danish_day(desk.row("GENV-4U").due) == date(2026, 11, 10)
    body = desk.notes()[-1]["body"].replace("\N{NO-BREAK SPACE}", " ")
    assert "efter klagefristen, som var 29. oktober 2026" in body
    assert "straks til Ankestyrelsen" in body


# -- what is the answer to what --------------------------------------------------------------------


def test_who_notes_an_answer_says_which_request_it_is_the_answer_to(desk: Desk) -> None:
    desk.say(H.MAGT_ANVENDT, at(11, 10))
    second = desk.say(H.MAGT_ANVENDT, at(11, 11))
    with desk.town.product.store.read() as connection:
        rules = desk.town.product.store.rules
        asked = requests(connection, rules, desk.sag, H.MAGTANVENDELSE_REGISTRERET)
    assert [danish_day(one.occurred_at).day for one in asked] == [10, 11]
    desk.say(H.MAGTANVENDELSE_REGISTRERET, at(11, 12), answer_to=NONE)
    assert [row.state for row in desk.rows("MAGT-72")] == ["aaben", "aaben"]
    desk.say(H.MAGTANVENDELSE_REGISTRERET, at(11, 12), answer_to=str(second))
    assert desk.row("MAGT-72").anchor_id == asked[0].id
    with pytest.raises(NotClear):
        desk.say(H.MAGTANVENDELSE_REGISTRERET, at(11, 12), answer_to=str(uuid4()))


def test_an_answer_that_is_put_right_answers_the_same_request(desk: Desk) -> None:
    desk.say(H.MAGT_ANVENDT, at(11, 9))
    second = desk.say(H.MAGT_ANVENDT, at(11, 10))
    told = desk.say(H.MAGTANVENDELSE_REGISTRERET, at(11, 12), answer_to=str(second))
    right = desk.note(H.MAGTANVENDELSE_REGISTRERET, at(11, 11))
    put_right(desk.sag, told, right, "Forkert dag", **desk.act())
    assert danish_day(desk.row("MAGT-72").anchor_at).day == 9


def test_a_request_that_is_put_right_keeps_its_answer(desk: Desk) -> None:
    first = desk.say(H.MAGT_ANVENDT, at(11, 9))
    desk.say(H.MAGT_ANVENDT, at(11, 10))
    desk.say(H.MAGTANVENDELSE_REGISTRERET, at(11, 11), answer_to=str(first))
    put_right(desk.sag, first, desk.note(H.MAGT_ANVENDT, at(11, 8)), "Forkert dag", **desk.act())
    assert danish_day(desk.row("MAGT-72").anchor_at).day == 10
    assert danish_day(desk.row("MAGT-72", "opfyldt").anchor_at).day == 8
