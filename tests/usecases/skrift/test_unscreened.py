"""What only its beginning screened is to be screened again, where it is given up (§ 18)."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import frister
from dubu_plugin.store.underretning.assessed_course import MARK
from dubu_plugin.usecases.frist.recompute import recompute
from dubu_plugin.usecases.skrift.present import begin_version, finish, give_up

from .desk import Desk
from .test_screened import assessed, screenings

BFU = SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE
AFD = SkriftKind.AFDAEKNING


def step(desk: Desk) -> str:
    with desk.town.product.store.read() as connection:
        found = sager.by_id(connection, desk.sag)
    assert found is not None
    return str(found.step)


def open_codes(desk: Desk) -> set[str]:
    with desk.town.product.store.read() as connection:
        return set(connection.scalars(sa.select(frister.c.rule).where(frister.c.state == "aaben")))


def two_assessed(desk: Desk) -> None:
    child = desk.town.person("Viggo Prøvesen")
    for _ in range(2):
        assessed(desk, child)
        desk.town.now += timedelta(hours=1)


@pytest.mark.parametrize("kind", [BFU, AFD])
def test_paragraf_18_what_was_begun_from_nothing_and_given_up_is_screened_again(
    desk: Desk, kind: SkriftKind
) -> None:
    two_assessed(desk)
    skrift = desk.begun(kind)
    assert screenings(desk) == ["opfyldt", "opfyldt"]
    give_up(desk.sag, skrift.id, **desk.act())
    assert screenings(desk) == ["aaben", "aaben"]
    assert "BFU-4M" not in open_codes(desk)
    assert "BFU-BESL" not in open_codes(desk)
    assert step(desk) == SkriftKind.SCREENING
    recompute(desk.town.product.store, desk.town.now, everything=True)
    assert screenings(desk) == ["aaben", "aaben"], "the decision that is given up meets nothing"


@pytest.mark.parametrize("kind", [BFU, AFD])
def test_paragraf_18_what_is_taken_up_again_is_screened_by_that(
    desk: Desk, kind: SkriftKind
) -> None:
    two_assessed(desk)
    skrift = desk.begun(kind)
    give_up(desk.sag, skrift.id, **desk.act())
    begin_version(desk.sag, skrift.id, **desk.act())
    assert screenings(desk) == ["opfyldt", "opfyldt"]
    give_up(desk.sag, skrift.id, **desk.act())
    assert screenings(desk) == ["aaben", "aaben"]
    desk.begun(kind)
    assert screenings(desk) == ["opfyldt", "opfyldt"]


def test_paragraf_18_a_screening_that_was_made_stands(desk: Desk) -> None:
    two_assessed(desk)
    screening = desk.begun(SkriftKind.SCREENING)
    desk.finished(screening)
    desk.put(screening, udfald="undersoegelse")
    finish(desk.sag, screening.id, **desk.act())
    give_up(desk.sag, desk.begun(BFU).id, **desk.act())
    assert screenings(desk) == ["opfyldt", "opfyldt"]


def test_paragraf_18_a_screening_that_is_written_in_again_meets_the_duty(desk: Desk) -> None:
    two_assessed(desk)
    screening = desk.begun(SkriftKind.SCREENING)
    give_up(desk.sag, desk.begun(AFD).id, **desk.act())
    assert screenings(desk) == ["aaben", "aaben"]
    desk.finished(screening)
    desk.put(screening, udfald="ingen")
    finish(desk.sag, screening.id, **desk.act())
    assert screenings(desk) == ["opfyldt", "opfyldt"]


def test_paragraf_19_an_afdaekning_that_is_written_in_again_is_not_screened_again(
    desk: Desk,
) -> None:
    two_assessed(desk)
    first = desk.begun(AFD)
    give_up(desk.sag, desk.begun(BFU).id, **desk.act())
    assert screenings(desk) == ["opfyldt", "opfyldt"]
    give_up(desk.sag, first.id, **desk.act())
    assert screenings(desk) == ["aaben", "aaben"]
    assert len(desk.happened(H.HAENDELSE_TILBAGETAGET)) == 2


def decided_by_assessment(desk: Desk, outcome: str) -> None:
    """Have an underretning assessed so that the assessment itself decides what follows."""
    child = desk.town.person("Viggo Prøvesen")
    number = desk.town.underretning("Bekymret.", child=child, sag=desk.sag)
    desk.town.assess(number, at=desk.town.now, child=child, sag=desk.sag)
    about = {"sag": desk.sag, "underretning": number, "person": child}
    said: dict[str, Any] = {"udfald": outcome, MARK: 1}
    desk.town.happened(H.SCREENING_AFSLUTTET, data=said, **about)
    if outcome == "undersoegelse":
        day = desk.town.now.date().isoformat()
        said = {"undersoegelse": "barnet", "kendskab": day, MARK: 1}
        desk.town.happened(H.UNDERSOEGELSE_BESLUTTET, data=said, **about)


@pytest.mark.parametrize(("kind", "outcome"), [(BFU, "undersoegelse"), (AFD, "afdaekning")])
def test_paragraf_18_what_an_assessment_decided_and_is_given_up_is_screened_again(
    desk: Desk, kind: SkriftKind, outcome: str
) -> None:
    decided_by_assessment(desk, outcome)
    assert screenings(desk) == ["opfyldt"]
    skrift = desk.begun(kind)
    give_up(desk.sag, skrift.id, **desk.act())
    assert screenings(desk) == ["aaben"]
    recompute(desk.town.product.store, desk.town.now, everything=True)
    assert screenings(desk) == ["aaben"]
    begin_version(desk.sag, skrift.id, **desk.act())
    assert screenings(desk) == ["opfyldt"], "what is taken up again answers it"


def test_paragraf_18_what_an_assessment_decided_and_was_looked_into_stays_screened(
    desk: Desk,
) -> None:
    decided_by_assessment(desk, "undersoegelse")
    desk.town.now += timedelta(days=60)
    desk.town.happened(H.UNDERSOEGELSE_AFSLUTTET, sag=desk.sag)
    desk.town.now += timedelta(days=60)
    give_up(desk.sag, desk.begun(BFU).id, **desk.act())
    assert screenings(desk) == ["opfyldt"]
