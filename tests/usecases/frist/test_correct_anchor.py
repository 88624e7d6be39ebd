"""The start of a clock that is counted from a day somebody told (barnets lov § 20, stk. 3)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import danish, start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister import fingerprint as fingerprints
from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.store.sag import sag_events
from dubu_plugin.store.tables import frister, haendelser
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.correct_anchor import (
    BeforeConceived,
    EndedBefore,
    StartsTooEarly,
    ToldAfter,
    correct_anchor,
    foresee_anchor,
)
from dubu_plugin.usecases.frist.recompute import recompute
from dubu_plugin.usecases.frist.tell_time import tell_time

from .conftest import House, day_of

DECIDED = datetime(2026, 8, 26, 7, 5, tzinfo=UTC)
"""26 August 09.05 in Denmark."""
KNOWN = date(2026, 8, 7)
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
WHY = "Telefonen ringede før, end der blev skrevet."
BFU = rule(
    "BFU-4M",
    opens_on=("undersoegelse_besluttet",),
    met_by=("undersoegelse_afsluttet",),
    annulled_by=("undersoegelse_opgivet",),
    length="4 months",
    from_fact="kendskab",
    recurs=True,
)


@pytest.fixture
def decided(house: House) -> House:
    house.town.now = NOW
    house.rules(BFU)
    house.happen(H.UNDERSOEGELSE_BESLUTTET, DECIDED, kendskab=KNOWN.isoformat())
    return house


def test_paragraf_20_known_7_august_decided_26_august_counts_from_7_august(decided: House) -> None:
    row = decided.row("BFU-4M")
    assert (day_of(row), row.anchor_at) == (date(2026, 12, 7), start_of_day(KNOWN))


def test_paragraf_20_another_hour_of_the_decision_does_not_move_7_december_to_26_december(
    decided: House,
) -> None:
    row = decided.row("BFU-4M")
    same = danish(row.anchor_at) + timedelta(hours=8)
    assert correct_anchor(row.id, decided.place, same, WHY, **decided.act()) == row.id
    after = decided.row("BFU-4M")
    assert (after.id, day_of(after)) == (row.id, date(2026, 12, 7))


def test_paragraf_20_known_on_10_august_after_all_is_due_10_december(decided: House) -> None:
    row = decided.row("BFU-4M")
    right = start_of_day(date(2026, 8, 10))
    seen = foresee_anchor(row.id, decided.place, right, **decided.act())
    assert (seen.before, seen.stands) == (row.due, True)
    assert decided.row("BFU-4M").id == row.id, "to look is not to save"
    correct_anchor(row.id, decided.place, right, WHY, **decided.act())
    after = decided.row("BFU-4M")
    assert (day_of(after), after.due) == (date(2026, 12, 10), seen.after)
    assert after.anchor_at == right
    with decided.product.store.read() as connection:
        started_on = connection.execute(
            sa.select(haendelser).where(haendelser.c.id == after.anchor_id)
        ).one()
    assert started_on.occurred_at == DECIDED, "when it was decided is another matter"


def test_paragraf_20_a_corrected_day_stays_when_the_rule_changes(decided: House) -> None:
    row = decided.row("BFU-4M")
    right = start_of_day(date(2026, 8, 10))
    correct_anchor(row.id, decided.place, right, WHY, **decided.act())
    decided.rules(replace(BFU, length=Length(5, Unit.MONTHS)))
    recompute(decided.product.store, decided.town.now)
    assert day_of(decided.row("BFU-4M")) == date(2027, 1, 10)


def test_a_day_after_the_decision_or_of_a_wrong_year_is_refused(decided: House) -> None:
    row = decided.row("BFU-4M")
    with pytest.raises(ToldAfter):
        correct_anchor(
            row.id, decided.place, DECIDED + timedelta(days=1), WHY, **decided.act()
        )  # fmt: skip
    with pytest.raises(StartsTooEarly):
        correct_anchor(
            row.id, decided.place, datetime(1926, 8, 7, tzinfo=UTC), WHY, **decided.act()
        )
    assert decided.row("BFU-4M").id == row.id


def test_a_day_of_knowledge_before_the_child_was_conceived_is_refused(decided: House) -> None:
    """The child is born on 4 May 2015."""
    row = decided.row("BFU-4M")
    for at in (date(2014, 5, 4), date(2014, 7, 6)):
        with pytest.raises(BeforeConceived):
            correct_anchor(row.id, decided.place, start_of_day(at), WHY, **decided.act())
        with pytest.raises(BeforeConceived):
            foresee_anchor(row.id, decided.place, start_of_day(at), **decided.act())
    assert decided.row("BFU-4M").id == row.id
    foresee_anchor(row.id, decided.place, start_of_day(date(2014, 7, 9)), **decided.act())


def test_a_day_of_knowledge_more_than_a_year_before_is_to_be_looked_at_again(
    decided: House,
) -> None:
    row = decided.row("BFU-4M")

    def seen(day: date) -> date | None:
        found = foresee_anchor(row.id, decided.place, start_of_day(day), **decided.act())
        return found.set_going

    assert seen(date(2025, 8, 7)) == date(2026, 8, 26)
    assert seen(date(2025, 8, 27)) is None


def test_a_letter_is_presumed_received_also_from_a_corrected_day(house: House) -> None:
    letter = rule("KLAGE", length="4 weeks", on_receipt=True)
    house.rules(letter)
    house.happen(H.INDSATS_IVAERKSAT, forsendelse="brev")
    row = house.row("KLAGE")
    right = row.anchor_at - timedelta(days=7)
    correct_anchor(row.id, house.place, right, WHY, **house.act())
    due = house.row("KLAGE").due
    assert row.due - due == timedelta(days=7)
    house.rules(replace(letter, bundle="andet"))
    recompute(house.product.store, house.town.now)
    assert house.row("KLAGE").due == due


def test_a_start_after_what_met_the_deadline_is_refused(house: House) -> None:
    house.rules(rule("PLAN", length="3 months"))
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=10)
    house.happen(H.OPFOELGNING_AFHOLDT)
    row = house.row("PLAN", "opfyldt")
    house.wait(days=10)
    with pytest.raises(EndedBefore):
        correct_anchor(row.id, house.place, house.town.now, WHY, **house.act())


# -- rows from before the start was the told day ---------------------------------------------------


def test_recompute_puts_the_start_of_older_rows_right_and_moves_no_date(
    decided: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = decided.row("BFU-4M")
    with monkeypatch.context() as before:
        before.setattr(fingerprints, "counts_on_from_fact", lambda rule: False)
        older = fingerprints.fingerprint(BFU)
    with decided.product.store.write(actor="karen", now=NOW) as work:
        work.connection.execute(sa.update(frister).values(anchor_at=DECIDED, rule_hash=older))
    report = recompute(decided.product.store, NOW)
    after = decided.row("BFU-4M")
    assert (report.moved, report.adjusted) == (0, 1)
    assert (after.id, after.due, after.anchor_at) == (row.id, row.due, start_of_day(KNOWN))
    assert recompute(decided.product.store, NOW).adjusted == 0


def test_a_rule_that_counts_from_the_told_day_no_more_counts_from_the_decision(
    decided: House,
) -> None:
    decided.rules(replace(BFU, from_fact=""))
    recompute(decided.product.store, NOW)
    row = decided.row("BFU-4M")
    assert (day_of(row), row.anchor_at) == (date(2026, 12, 26), DECIDED)
    decided.rules(BFU)
    recompute(decided.product.store, NOW)
    row = decided.row("BFU-4M")
    assert (day_of(row), row.anchor_at) == (date(2026, 12, 7), start_of_day(KNOWN))


# -- done before it was asked for ------------------------------------------------------------------


def test_paragraf_20_finished_before_it_was_decided_is_not_kept(decided: House) -> None:
    decided.happen(H.UNDERSOEGELSE_AFSLUTTET, datetime(2026, 8, 10, 8, 0, tzinfo=UTC))
    assert decided.row("BFU-4M").state == "aaben"
    decided.happen(H.UNDERSOEGELSE_AFSLUTTET, NOW)
    row = decided.row("BFU-4M", "opfyldt")
    assert row.ended_at > row.anchor_at


def test_what_is_done_on_the_day_it_was_decided_is_kept_whatever_the_hour(decided: House) -> None:
    decided.happen(H.UNDERSOEGELSE_AFSLUTTET, DECIDED - timedelta(hours=1))
    assert danish_day(decided.row("BFU-4M", "opfyldt").ended_at) == danish_day(DECIDED)


def test_a_clock_in_hours_is_not_met_an_hour_before_it_started(house: House) -> None:
    house.rules(rule("AKUT", length="24 hours"))
    house.happen(H.INDSATS_IVAERKSAT)
    house.happen(H.OPFOELGNING_AFHOLDT, house.town.now - timedelta(hours=1))
    assert house.row("AKUT").state == "aaben"


# -- what the case tells of it --------------------------------------------------------------------


def told(house: House) -> list[tuple[str, date, bool]]:
    with house.product.store.read() as connection:
        shown = sag_events.events(connection, house.sag).shown
    return [(one.what.value, danish_day(one.at), one.taken_back) for one in shown]


def test_a_start_put_right_is_news_of_the_day_it_was_put_right(decided: House) -> None:
    row = decided.row("BFU-4M")
    correct_anchor(row.id, decided.place, start_of_day(date(2026, 8, 10)), WHY, **decided.act())
    assert told(decided)[:2] == [
        ("frist_rettet", date(2026, 9, 1), False),
        ("undersoegelse_besluttet", date(2026, 8, 26), False),
    ]


def test_a_deadline_missed_only_by_a_wrong_start_is_said_not_to_have_been(decided: House) -> None:
    row = decided.row("BFU-4M")
    correct_anchor(row.id, decided.place, start_of_day(date(2026, 4, 10)), WHY, **decided.act())
    tell_time(decided.product, decided.town.now)
    assert ("frist_overskredet", date(2026, 8, 10), False) in told(decided)
    wrong = decided.row("BFU-4M")
    correct_anchor(wrong.id, decided.place, start_of_day(KNOWN), WHY, **decided.act())
    assert ("frist_overskredet", date(2026, 8, 10), True) in told(decided)
