"""A screening that stands meets the duty of § 18 on every underretning of the case."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.tables import frister
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
