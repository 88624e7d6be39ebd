"""What was due and is not done is missed once, in order, whatever the machine's clock does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Kind, Subject
from dubu_plugin.frister.urgency import Days, Group, group_of, today_until
from dubu_plugin.store.tables import haendelser
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.correct_anchor import correct_anchor
from dubu_plugin.usecases.frist.tell_time import Told, tell_time
from tests.usecases.frist.conftest import House, day_of

BFU = rule("BFU-4M", met_by=("undersoegelse_afsluttet",), length="4 months")
FORELOEBIG = rule(
    "BFU-FORL",
    kind=Kind.PLIGT,
    opens_on=("frist_overskredet",),
    when={"frist": ["BFU-4M"]},
    met_by=("foreloebig_vurdering_skrevet", "undersoegelse_afsluttet"),
    length="0 days",
)


def _days(now: datetime) -> Days:
    return Days(now, today_until(now), today_until(now))


def test_a_missed_deadline_is_told_once_at_its_due_moment(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=130)
    assert tell_time(house.product, house.town.now).missed == 1
    assert tell_time(house.product, house.town.now).missed == 0
    row = house.row("BFU-4M")
    assert row.exceeded_at == row.due
    assert house.told().count("frist_overskredet") == 1
    with house.product.store.read() as connection:
        told = connection.execute(
            sa.select(haendelser).where(haendelser.c.type == "frist_overskredet")
        ).one()
    assert (told.occurred_at, told.sag_id, told.id) == (row.due, house.sag, row.exceeded_id)


def test_nothing_is_told_at_the_due_moment_itself(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    due = house.row("BFU-4M").due
    assert tell_time(house.product, due).missed == 0


def test_the_step_after_a_missed_deadline_opens_by_itself(house: House) -> None:
    house.rules(BFU, FORELOEBIG)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=130)
    tell_time(house.product, house.town.now)
    step = house.row("BFU-FORL")
    assert day_of(step) == date(2026, 7, 2)
    assert (step.sag_id, step.responsible) == (house.sag, "karen")
    assert group_of(step.due, step.warn, _days(house.town.now)) is Group.OVERSKREDET
    house.happen(H.UNDERSOEGELSE_AFSLUTTET)
    assert {row.state for row in house.rows()} == {"opfyldt"}


def test_the_step_after_a_missed_deadline_is_not_missed_itself(house: House) -> None:
    house.rules(BFU, FORELOEBIG)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=130)
    assert tell_time(house.product, house.town.now).missed == 1
    house.happen(H.FORELOEBIG_VURDERING_SKREVET)
    assert house.row("BFU-FORL", "opfyldt").exceeded_at is None
    assert house.told().count("frist_overskredet") == 1


def test_what_was_done_in_time_and_told_late_was_not_missed_after_all(house: House) -> None:
    house.rules(BFU, FORELOEBIG)
    house.happen(H.INDSATS_IVAERKSAT)
    done = house.row("BFU-4M").due.replace(hour=8)
    house.wait(days=125)
    tell_time(house.product, house.town.now)
    house.rules(BFU, rule("BFU-FORL", opens_on=("frist_overskredet",)))
    house.happen(H.UNDERSOEGELSE_AFSLUTTET, done)
    assert house.row("BFU-4M", "opfyldt").exceeded_at is None
    assert house.row("BFU-FORL", "bortfaldet").ended_at == done


def test_after_days_of_standing_still_everything_is_caught_up_in_order(house: House) -> None:
    house.rules(
        BFU,
        FORELOEBIG,
        rule("A", length="40 days"),
        rule("B", length="10 days"),
        rule(
            "ANM",
            subject=Subject.KOMMUNE,
            opens_on=("maaned_sluttet",),
            recurs=True,
            length="15 days",
            met_by=("aar_sluttet",),
        ),
    )
    tell_time(house.product, house.town.now)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=150)
    told = tell_time(house.product, house.town.now)
    assert told == Told(missed=3 + 4, ended=0, periods=5 + 1)
    with house.product.store.read() as connection:
        moments = connection.execute(
            sa.select(haendelser.c.type, haendelser.c.occurred_at)
            .where(haendelser.c.type.in_(["frist_overskredet", "maaned_sluttet"]))
            .order_by(haendelser.c.seq)
        ).all()
    first = [row.occurred_at for row in moments][:6]
    assert first == sorted(first)
    assert len(house.rows("aaben")) == 4 + 4


def test_a_clock_set_back_an_hour_tells_nothing_twice(house: House) -> None:
    house.rules(
        BFU,
        rule("ANM", subject=Subject.KOMMUNE, opens_on=("kvartal_sluttet",), recurs=True),
    )
    tell_time(house.product, house.town.now)
    house.happen(H.INDSATS_IVAERKSAT)
    house.town.now = datetime(2026, 7, 2, 22, 30, tzinfo=UTC)
    told = tell_time(house.product, house.town.now)
    assert (told.missed, told.periods) == (2, 6)
    house.wait(hours=-1)
    assert tell_time(house.product, house.town.now) == Told()
    house.wait(hours=1)
    assert tell_time(house.product, house.town.now) == Told()
    house.town.now = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
    assert tell_time(house.product, house.town.now) == Told()


def test_a_period_before_the_product_was_here_is_not_asked_for(house: House) -> None:
    house.rules(rule("ANM", subject=Subject.KOMMUNE, opens_on=("maaned_sluttet",), recurs=True))
    assert tell_time(house.product, house.town.now) == Told()
    assert house.rows() == []


def test_a_quarters_report_stands_with_those_who_see_to_post(house: House) -> None:
    house.rules(
        rule(
            "ANM-ANB",
            subject=Subject.KOMMUNE,
            opens_on=("kvartal_sluttet",),
            recurs=True,
            length="1 months",
        )
    )
    tell_time(house.product, house.town.now)
    house.town.now = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)
    tell_time(house.product, house.town.now)
    row = house.row("ANM-ANB")
    assert (day_of(row), row.unit, row.responsible) == (date(2026, 4, 30), "modtagelse", None)


def test_what_is_interrupted_is_not_missed(house: House) -> None:
    house.rules(rule("F", paused_by=("aktindsigt_anmodet",), length="1 months"))
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=3)
    house.happen(H.AKTINDSIGT_ANMODET)
    house.wait(days=90)
    assert tell_time(house.product, house.town.now).missed == 0


def test_what_may_be_done_ends_by_itself_and_nobody_missed_it(house: House) -> None:
    house.rules(
        rule("KLAGE", kind=Kind.MAA, length="4 weeks"),
        rule("TIDLIGST", kind=Kind.TIDLIGST, length="2 weeks"),
    )
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=40)
    assert tell_time(house.product, house.town.now) == Told(missed=0, ended=2, periods=0)
    assert {row.rule: row.state for row in house.rows()} == {
        "KLAGE": "bortfaldet",
        "TIDLIGST": "opfyldt",
    }


def test_it_stops_when_it_is_asked_to(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=130)
    assert tell_time(house.product, house.town.now, stopping=lambda: True) == Told()


def test_a_case_closed_and_opened_again_is_told_what_it_missed_once(house: House) -> None:
    """The step that followed hangs on what was told, and goes when it was not missed after all."""
    house.rules(replace(BFU, annulled_by=frozenset({H.SAG_LUKKET})),
                replace(FORELOEBIG, annulled_by=frozenset({H.SAG_LUKKET})))  # fmt: skip
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=130)
    tell_time(house.product, house.town.now)
    house.happen(H.SAG_LUKKET)
    house.wait(hours=1)
    house.happen(H.SAG_GENAABNET)
    tell_time(house.product, house.town.now)
    assert house.told().count("frist_overskredet") == 1
    for later in (timedelta(days=1), timedelta(days=60)):
        row = house.row("BFU-4M")
        correct_anchor(row.id, house.place, row.anchor_at + later, "Sket senere.", **house.act())
    assert house.row("BFU-4M").exceeded_at is None
    assert [row.rule for row in house.rows("aaben")] == ["BFU-4M"]
