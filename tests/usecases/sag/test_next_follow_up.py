"""While a child is supported there is a next opfølgning, on a day that can be (§ 95, stk. 3-4)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.sag import noted
from dubu_plugin.store.tables import personer
from dubu_plugin.usecases.sag.record_event import NotClear, record_event

from .desk import INDSATS, Desk

NEXT = "naeste_opfoelgning"


@pytest.fixture
def followed(desk: Desk) -> Desk:
    """A case with a support in its first month."""
    desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    desk.town.now += timedelta(days=30)
    return desk


def refused(desk: Desk, what: H, day: str = "", text: str = "") -> str:
    note = desk.note(what, answers={NEXT: day}, text=text)
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, note, **desk.act())
    assert set(no.value.fields) == {NEXT}
    return no.value.fields[NEXT]


@pytest.mark.parametrize("what", [H.OPFOELGNING_AFHOLDT, H.OPFOELGNING_PLANLAGT])
def test_paragraf_95_no_opfoelgning_without_the_next_while_a_support_runs(
    followed: Desk, what: H
) -> None:
    assert "så længe en indsats" in refused(followed, what)
    assert followed.row("OPF-1").state == "aaben"


def test_the_next_lies_after_the_one_before(followed: Desk) -> None:
    assert "efter den dag" in refused(followed, H.OPFOELGNING_AFHOLDT, "2026-01-01")


def test_more_than_a_year_is_said_why(followed: Desk) -> None:
    assert "mere end et år" in refused(followed, H.OPFOELGNING_AFHOLDT, "2032-01-01")
    assert "mere end et år" in refused(followed, H.OPFOELGNING_AFHOLDT, "2032-01-01", "x")
    note = followed.note(H.OPFOELGNING_AFHOLDT, answers={NEXT: "2032-01-01"}, text="Aftalt sådan.")
    record_event(followed.sag, note, **followed.act())
    assert followed.row("OPF-N").state == "aaben"


def test_paragraf_95_more_than_a_year_ahead_is_before_the_child_is_eighteen(
    followed: Desk,
) -> None:
    why = "Aftalt sådan med den unge."
    for what in (H.OPFOELGNING_AFHOLDT, H.OPFOELGNING_PLANLAGT):
        assert "fylder 18 den 4. maj 2033" in refused(followed, what, "2033-05-04", why)
    note = followed.note(H.OPFOELGNING_AFHOLDT, answers={NEXT: "2033-05-03"}, text=why)
    record_event(followed.sag, note, **followed.act())
    assert followed.row("OPF-N").state == "aaben"


def test_paragraf_116_who_is_eighteen_already_has_no_such_day(followed: Desk) -> None:
    with followed.town.product.store.write(actor="test", now=followed.town.now) as work:
        work.connection.execute(sa.update(personer).values(born=date(2007, 5, 4)))
    note = followed.note(
        H.OPFOELGNING_AFHOLDT, answers={NEXT: "2028-03-01"}, text="Aftalt sådan med den unge."
    )
    record_event(followed.sag, note, **followed.act())
    assert followed.row("OPF-N").state == "aaben"


def test_paragraf_95_where_nothing_runs_any_more_there_need_be_none(followed: Desk) -> None:
    with followed.town.product.store.read() as connection:
        (support,) = noted.things(connection, followed.sag, Subject.INDSATS)
    followed.say(H.INDSATS_OPHOERT, about={Subject.INDSATS: str(support.id)})
    followed.say(H.OPFOELGNING_AFHOLDT)
    assert followed.rows("OPF-N") == []


def test_paragraf_95_one_that_is_noted_late_does_not_move_what_was_agreed_since(
    followed: Desk,
) -> None:
    now = followed.town.now
    followed.say(H.OPFOELGNING_AFHOLDT, answers={NEXT: "2027-02-01"})
    followed.say(H.OPFOELGNING_AFHOLDT, now - timedelta(days=20), answers={NEXT: "2027-10-01"})
    assert danish_day(followed.row("OPF-N").due) == date(2027, 2, 1)
    assert followed.row("OPF-N").state == "aaben"
