"""The step a child's case stands at follows the assessment, also when it is put right."""

from dataclasses import replace
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.domain.underretning import Fare, NaesteSkridt
from dubu_plugin.store.tables import sager
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, TEXT, Reception
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.underretning.case_step import STEPS


def answer(step: NaesteSkridt) -> Any:
    if step is NaesteSkridt.AKUT:
        return replace(GOOD, next_step=step, fare=Fare.AKUT, acute_action="Farmor henter nu.")
    return replace(GOOD, next_step=step)


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


def step(town: Reception, underretning: UUID) -> str:
    (row,) = town.rows(sager, id=town.about(underretning).sag_id)
    return str(row.step)


def test_an_assessment_put_right_brings_the_case_where_the_new_answer_says(
    reception: Reception, alma: UUID
) -> None:
    for one, other in combinations(NaesteSkridt, 2):
        for said in (one, other, one):  # from each to each
            reception.save(alma, answer(said))
            assert step(reception, alma) == STEPS[said]


def test_a_case_that_has_come_further_stays(reception: Reception, alma: UUID) -> None:
    reception.save(alma, answer(NaesteSkridt.AFDAEKNING))
    with reception.product.store.write(actor="karen", now=reception.now) as work:
        work.connection.execute(sager.update().values(step="boernefaglig_undersoegelse"))
    reception.save(alma, answer(NaesteSkridt.INTET))
    assert step(reception, alma) == "boernefaglig_undersoegelse"


def test_a_case_somebody_writes_the_undersoegelse_of_stays(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, answer(NaesteSkridt.BFU))
    sag = reception.about(alma).sag_id
    assert sag is not None
    begin(sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, **reception.by())
    reception.save(alma, answer(NaesteSkridt.INTET))
    assert step(reception, alma) == "boernefaglig_undersoegelse"


def test_another_underretning_that_says_the_same_keeps_it(reception: Reception, alma: UUID) -> None:
    reception.save(alma, answer(NaesteSkridt.AFDAEKNING))
    other = reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    reception.save(other, answer(NaesteSkridt.AFDAEKNING))
    assert reception.about(other).sag_id == reception.about(alma).sag_id
    reception.save(alma, answer(NaesteSkridt.INTET))
    assert step(reception, alma) == "afdaekning"
    reception.save(other, answer(NaesteSkridt.INTET))
    assert step(reception, alma) == "vurderet"
