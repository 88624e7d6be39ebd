"""A screening that stands meets the duty of § 18 on every underretning of the case."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.tables import frister, haendelser
from dubu_plugin.usecases.frist.recompute import recompute
from dubu_plugin.usecases.sag.put_right import take_back
from dubu_plugin.usecases.sag.record_event import Note, record_event
from dubu_plugin.usecases.skrift.present import finish

from .desk import Desk


def screenings(desk: Desk) -> list[str]:
    with desk.town.product.store.read() as connection:
        states = sa.select(frister.c.state).where(frister.c.rule == "SCR")
        return list(connection.scalars(states))


def assessed(desk: Desk, child: UUID) -> None:
    number = desk.town.underretning("Bekymret.", child=child, sag=desk.sag)
    desk.town.assess(number, at=desk.town.now, child=child, sag=desk.sag)


def test_paragraf_18_is_met_on_both_underretninger_by_the_one_screening(desk: Desk) -> None:
    child = desk.town.person("Viggo Prøvesen")
    for _ in range(2):
        assessed(desk, child)
        desk.town.now += timedelta(hours=1)
    screening = desk.begun(SkriftKind.SCREENING)
    desk.finished(screening)
    desk.put(screening, udfald="undersoegelse")
    assert screenings(desk) == ["aaben", "aaben"]
    finish(desk.sag, screening.id, **desk.act())
    assert screenings(desk) == ["opfyldt", "opfyldt"]
    assert [one.get("udfald") for one in desk.happened(H.SCREENING_AFSLUTTET)] == [
        "undersoegelse", None,
    ]  # fmt: skip


def test_a_screening_nothing_asked_for_is_over_once(desk: Desk) -> None:
    screening = desk.begun(SkriftKind.SCREENING)
    desk.finished(screening)
    finish(desk.sag, screening.id, **desk.act())
    assert len(desk.happened(H.SCREENING_AFSLUTTET)) == 1


def open_codes(desk: Desk) -> set[str]:
    with desk.town.product.store.read() as connection:
        return set(connection.scalars(sa.select(frister.c.rule).where(frister.c.state == "aaben")))


def first(desk: Desk, state: str = "opfyldt") -> UUID:
    """Return the first underretning that was assessed, or the one whose screening is so."""
    with desk.town.product.store.read() as connection:
        asked = sa.select(frister.c.underretning_id).where(frister.c.rule == "SCR")
        if state == "aaben":
            asked = asked.where(frister.c.state == state)
        found: UUID | None = connection.scalars(asked.order_by(frister.c.anchor_at)).first()
    assert found is not None
    return found


def note(desk: Desk, what: H, about: UUID | None = None, **answers: str) -> None:
    """Note by hand what happened, and about which underretning."""
    said = {Subject.UNDERRETNING: str(about)} if about else {}
    made = Note(
        form=uuid4(), what=what, title="Noteret", occurred_at=desk.town.now, answers=answers,
        about=said, text="Dokument 7.",
    )  # fmt: skip
    record_event(desk.sag, made, **desk.act())


def two_assessed(desk: Desk) -> None:
    child = desk.town.person("Viggo Prøvesen")
    for _ in range(2):
        assessed(desk, child)
        desk.town.now += timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "clock"),
    [(SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, "BFU-4M"), (SkriftKind.AFDAEKNING, "AFD")],
)
def test_paragraf_18_is_met_on_every_underretning_where_what_it_leads_to_begins(
    desk: Desk, kind: SkriftKind, clock: str
) -> None:
    two_assessed(desk)
    desk.begun(kind)
    assert screenings(desk) == ["opfyldt", "opfyldt"]
    assert clock in open_codes(desk)
    assert "BFU-BESL" not in open_codes(desk), "the undersøgelse is decided"


def test_paragraf_18_where_nothing_is_to_be_screened_none_is_made_up(desk: Desk) -> None:
    desk.begun(SkriftKind.AFDAEKNING)
    assert desk.happened(H.SCREENING_AFSLUTTET) == []


def test_paragraf_18_an_undersoegelse_noted_by_hand_meets_the_screening_of_all(desk: Desk) -> None:
    two_assessed(desk)
    note(desk, H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet", kendskab="2026-06-08")
    assert screenings(desk) == ["opfyldt", "opfyldt"]


def test_paragraf_18_one_screened_to_an_afdaekning_is_the_answer_to_all(desk: Desk) -> None:
    two_assessed(desk)
    note(desk, H.SCREENING_AFSLUTTET, first(desk), udfald="afdaekning")
    assert screenings(desk) == ["opfyldt", "opfyldt"]


def test_paragraf_18_one_screened_to_nothing_more_leaves_the_other(desk: Desk) -> None:
    two_assessed(desk)
    note(desk, H.SCREENING_AFSLUTTET, first(desk), udfald="ingen")
    assert sorted(screenings(desk)) == ["aaben", "opfyldt"]


def test_paragraf_18_what_came_after_the_undersoegelse_was_decided_is_screened_too(
    desk: Desk,
) -> None:
    two_assessed(desk)
    desk.begun()
    desk.town.now += timedelta(days=2)
    assessed(desk, desk.town.person("Viggo Prøvesen"))
    assert screenings(desk).count("aaben") == 1
    note(desk, H.SCREENING_AFSLUTTET, first(desk, "aaben"), udfald="undersoegelse")
    assert "aaben" not in screenings(desk)
    assert "BFU-BESL" not in open_codes(desk), "an undersøgelse is decided, and runs"


def test_paragraf_20_after_one_is_finished_the_next_is_decided_by_itself(desk: Desk) -> None:
    two_assessed(desk)
    note(desk, H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet", kendskab="2026-06-08")
    desk.town.now += timedelta(days=2)
    note(desk, H.UNDERSOEGELSE_AFSLUTTET)
    note(desk, H.SCREENING_AFSLUTTET, first(desk), udfald="undersoegelse")
    assert "BFU-BESL" in open_codes(desk)


def test_paragraf_18_taking_the_undersoegelse_back_asks_for_the_screening_again(
    desk: Desk,
) -> None:
    two_assessed(desk)
    note(desk, H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet", kendskab="2026-06-08")
    with desk.town.product.store.read() as connection:
        wrong = connection.scalar(
            sa.select(haendelser.c.id).where(haendelser.c.type == H.UNDERSOEGELSE_BESLUTTET)
        )
    assert wrong is not None
    take_back(desk.sag, wrong, "Undersøgelse besluttet", "Det var en anden sag.", **desk.act())
    assert screenings(desk) == ["aaben", "aaben"]


def test_paragraf_18_what_stood_open_from_before_is_met_when_all_is_counted_again(
    desk: Desk,
) -> None:
    two_assessed(desk)
    desk.begun()
    with desk.town.product.store.write(actor="test", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(frister)
            .where(frister.c.rule == "SCR")
            .values(state="aaben", ended_at=None, ended_by=None)
        )
    assert recompute(desk.town.product.store, desk.town.now, everything=True).ended == 2
    assert screenings(desk) == ["opfyldt", "opfyldt"]
