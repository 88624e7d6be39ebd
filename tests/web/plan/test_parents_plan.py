"""The parents' own plan on its pages: offered where there is a placement, and nobody else's."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.ordinary_day import Day
from tests.web.plan.test_plan_skrift import Planning
from tests.web.skrift_desk import plain

OFFER = 'value="foraeldrehandleplan"'


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def placed(desk: Planning) -> UUID:
    """Have the child placed, and return its mother."""
    desk.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=desk.sag, data={"grund": "andet", "foraeldreplan": False}
    )
    mother = desk.town.person("Mette Testvad", address="Testvej 1, 9999 Prøvestrup")
    with desk.town.product.store.read() as connection:
        child = skrifter.of_sag(connection, desk.sag)[0].person
    desk.town.tie(child, mother, "mor", "barn")
    return mother


def test_it_is_offered_where_the_child_is_placed_and_nowhere_else(desk: Planning) -> None:
    assert OFFER not in desk.client().get(desk.all).text
    placed(desk)
    assert OFFER in desk.client().get(desk.all).text


def test_it_is_made_written_and_sent_to_the_parent(desk: Planning) -> None:
    mother = placed(desk)
    url = desk.made(art="foraeldrehandleplan", eget="Mor bliver ædru")
    shown = desk.client().get(url).text
    assert "Forældrehandleplan" in shown
    assert "Begge forældre" in shown
    assert "Mette Testvad" in shown
    assert "Med forældrenes egne ord" in shown
    assert "Min plan" not in shown
    assert desk.client().get(f"{url}/min-plan").status_code == 404
    with desk.town.product.store.read() as connection:
        plan = skrifter.of_sag(connection, desk.sag, SkriftKind.FORAELDREHANDLEPLAN)[0]
    fields = desk.fields(url)
    goals = {name.rpartition("-")[0] for name in fields if name.endswith("-retning")}
    whole = fields | {
        "aarsag": "Alkohol.", "formaal": "Noah kan komme hjem.", "varighed": "Et år",
        "foraeldrenes_oensker": "Jeg vil i behandling.", "stoette": "Behandling.",
    }  # fmt: skip
    for goal in goals:
        whole |= {f"{goal}-hvem_goer_hvad": "Mor.", f"{goal}-indikator": "Uger"}
    answer = desk.client().post(url, whole | {"handling": "send", "modtager": str(mother)})
    assert answer.status_code == 303
    assert desk.codes() == ["foraeldrehandleplan", "foraeldreplan_brev"]
    read = plain(desk.client().get(url).text)
    assert "Får planen" in read
    assert "alle mål" in read
    assert "Udlever en del" not in read
    assert plan.kind is SkriftKind.FORAELDREHANDLEPLAN
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        mine = letters.c.code == "foraeldreplan_brev"
        work.connection.execute(sa.update(letters).where(mine).values(state=LetterState.IKKE_NAAET))
    assert "alle mål" not in plain(desk.client().get(url).text), "it reached nobody"


def test_what_it_lacks_is_named_and_what_was_typed_stands(desk: Planning) -> None:
    placed(desk)
    url = desk.made(art="foraeldrehandleplan", eget="Mor bliver ædru")
    answer = desk.client().post(url, desk.fields(url) | {"aarsag": "Alkohol.", "handling": "send"})
    assert answer.status_code == 422
    assert "Støtte under anbringelsen" in answer.text
    assert ">Alkohol.</textarea>" in answer.text
