"""The talk an assessment tells of (barnets lov § 137, stk. 3-4), when it is put right."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.vurdering import Samtale
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.tables import frister
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception

CAME = NOW - timedelta(hours=3)
DOUBT = replace(GOOD, suspicion=True, concerns={"18"})
HELD = replace(DOUBT, conversation=Samtale.HOLDT, conversation_at=NOW - timedelta(hours=1))
AGREED = replace(DOUBT, conversation=Samtale.AFTALT, conversation_at=NOW + timedelta(hours=20))
LEFT_OUT = replace(
    DOUBT, conversation=Samtale.UNDLADT, conversation_reason="Samtalen blev ikke holdt."
)


@pytest.fixture
def alma(reception: Reception) -> UUID:
    reception.town.now = CAME
    found = reception.registered(made_post.eml(TEXT))
    reception.town.now = NOW
    return found


def duty(reception: Reception) -> list[tuple[str, datetime | None, datetime | None]]:
    rows: list[Any] = [one for one in reception.rows(frister) if one.rule == "UND-SAMTALE"]
    return [(one.state, one.due, one.ended_at) for one in rows if one.state != "afloest"]


def held(reception: Reception, underretning: UUID) -> list[datetime]:
    sag = reception.about(underretning).sag_id
    assert sag is not None
    with reception.product.store.read() as connection:
        return list(boernesamtaler.only_told(connection, sag))


def test_137_a_talk_that_was_not_held_leaves_the_duty_standing_on_the_day_agreed(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, HELD)
    assert [one[0] for one in duty(reception)] == ["opfyldt"]
    reception.save(alma, AGREED)
    assert duty(reception) == [("aaben", AGREED.conversation_at, None)]
    assert held(reception, alma) == []


def test_137_a_talk_told_held_and_then_left_out_is_not_said_to_be_held(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, HELD)
    reception.save(alma, LEFT_OUT)
    assert [(one[0], one[2]) for one in duty(reception)] == [("opfyldt", NOW)]
    assert held(reception, alma) == []
    reception.save(alma, HELD)
    assert held(reception, alma) == [HELD.conversation_at]


def test_137_another_hour_is_the_hour_of_the_talk_and_of_the_duty(
    reception: Reception, alma: UUID
) -> None:
    later = NOW - timedelta(minutes=18)
    reception.save(alma, HELD)
    reception.save(alma, replace(HELD, conversation_at=later))
    assert held(reception, alma) == [later]
    assert [(one[0], one[2]) for one in duty(reception)] == [("opfyldt", later)]


def test_137_an_unchanged_talk_is_told_once_and_stays_where_the_suspicion_is_gone(
    reception: Reception, alma: UUID
) -> None:
    for answers in (HELD, replace(HELD, reason="Barnet sagde mere."), GOOD, HELD):
        reception.save(alma, answers)
        assert held(reception, alma) == [HELD.conversation_at]
    told = [what for what in reception.happened(alma) if what == Haendelse.BOERNESAMTALE_HOLDT]
    assert len(told) == 1
