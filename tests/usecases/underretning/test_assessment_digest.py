"""An assessment that was changed outside the program is found by the digest in its hændelse."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.domain.vurdering import Samtale
from dubu_plugin.store.tables import vurderinger
from dubu_plugin.store.underretning.assessment_digests import Verdict, Why, verify
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.orient_notifier import withhold_outcome


@pytest.fixture
def town(on_every_database: Reception) -> Reception:
    return on_every_database


@pytest.fixture
def assessed(town: Reception) -> UUID:
    number = town.registered(made_post.eml(TEXT))
    town.save(number, replace(GOOD, conversation=Samtale.HOLDT, conversation_at=NOW))
    return number


def found(town: Reception) -> Verdict:
    with town.product.store.read() as connection:
        return verify(connection)


def meddle(town: Reception, **values: Any) -> None:
    with town.product.store.add() as connection:
        connection.execute(sa.update(vurderinger).values(**values))


def test_what_is_untouched_and_corrected_by_the_program_is_as_it_was(
    town: Reception, assessed: UUID
) -> None:
    town.save(assessed, replace(GOOD, next_step=NaesteSkridt.BFU, reason="Æ ø å »ny«."))
    assert found(town) == Verdict(2, 0, [])


def test_a_reason_not_to_tell_the_notifier_can_be_added_later(
    town: Reception, assessed: UUID
) -> None:
    withhold_outcome(assessed, "Sikkerhed.", **town.by())
    assert found(town) == Verdict(1, 0, [])


@pytest.mark.parametrize(
    "values",
    [
        {"reason": "Noget andet."},
        {"fare": "akut"},
        {"next_step": "intet"},
        {"assessor": "mette"},
        {"conversation_at": NOW.replace(hour=7)},
        {"fresh_eyes": "anders"},
    ],
)
def test_a_changed_one_is_found(town: Reception, assessed: UUID, values: Any) -> None:
    meddle(town, **values)
    (one,) = found(town).altered
    assert (one.underretning, one.version, one.why) == (assessed, 1, Why.CHANGED)


def test_a_removed_one_is_found(town: Reception, assessed: UUID) -> None:
    with town.product.store.add() as connection:
        connection.execute(sa.delete(vurderinger))
    (one,) = found(town).altered
    assert (one.underretning, one.version, one.why) == (assessed, 1, Why.REMOVED)


def test_one_from_before_there_were_digests_is_counted_as_such(town: Reception) -> None:
    number = town.registered(made_post.eml(TEXT))
    town.town.assess(number, at=NOW)
    assert found(town) == Verdict(0, 1, [])
