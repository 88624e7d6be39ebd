"""A case that is closed says what it leaves undone."""

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Kind
from dubu_plugin.store.sag import sager
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.close_case_duties import OpenDuties
from dubu_plugin.usecases.frist.tell_time import tell_time
from dubu_plugin.usecases.sag.close_case import IsClosed, close_case
from tests.usecases.frist.conftest import House

FOLLOW_UP = rule("OPF-1", title="Opfølgning")
DUTY = rule("REG", title="Registrering", kind=Kind.PLIGT, length=None)
AGE = rule("PART-15", title="15 år", kind=Kind.ALDER, length=None, age=15)


@pytest.fixture
def busy(house: House) -> House:
    house.rules(FOLLOW_UP, DUTY, AGE)
    house.happen(H.INDSATS_IVAERKSAT)
    house.happen(H.INDSATS_OPHOERT)
    return house


def test_open_duties_are_named_and_the_case_stays_open(busy: House) -> None:
    with pytest.raises(OpenDuties, match="2 open duties") as no:
        close_case(busy.sag, "  ", **busy.act())
    assert [duty.rule for duty in no.value.duties] == ["OPF-1", "REG"]
    assert "Opfølgning, Registrering" in no.value.for_people()
    with busy.product.store.read() as connection:
        ours = sager.by_id(connection, busy.sag)
    assert ours is not None
    assert not ours.is_closed
    assert "sag_lukket" not in busy.told()


def test_with_a_reason_they_lapse_and_the_reason_stands(busy: House) -> None:
    left = close_case(busy.sag, "Familien er flyttet.", **busy.act())
    assert [duty.rule for duty in left] == ["OPF-1", "REG"]
    assert {(row.state, row.reason) for row in busy.rows()} == {
        ("bortfaldet", "Familien er flyttet.")
    }
    busy.wait(days=200)
    assert tell_time(busy.product, busy.town.now).missed == 0
    with pytest.raises(IsClosed):
        close_case(busy.sag, "", **busy.act())


def test_without_open_duties_no_reason_is_asked_for(busy: House) -> None:
    busy.happen(H.OPFOELGNING_AFHOLDT)
    assert close_case(busy.sag, "", **busy.act()) == []


def test_opened_again_the_case_has_its_duties_again(busy: House) -> None:
    close_case(busy.sag, "Familien er flyttet.", **busy.act())
    busy.wait(days=5)
    busy.happen(H.SAG_GENAABNET)
    assert {row.rule: (row.state, row.reason) for row in busy.rows()} == {
        "OPF-1": ("aaben", None),
        "REG": ("aaben", None),
        "PART-15": ("aaben", None),
    }
