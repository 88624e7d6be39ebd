"""Help to a child with a disability is looked at by § 156, and its needs by an udredning."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import indsatser, letters
from dubu_plugin.usecases.opfoelgning.hold import hold

from .follower import Follower


@pytest.fixture
def disability(follower: Follower) -> Follower:
    """Nothing is given but lost pay."""
    with follower.town.product.store.write(actor="karen", now=follower.town.now) as work:
        ended = sa.update(indsatser).where(indsatser.c.id == follower.its.id)
        work.connection.execute(ended.values(state="ophoert", ended_on=follower.its.starts_on))
    decision = follower.desk.decision("tabt")
    follower.desk.begun("tabt_arbejdsfortjeneste", afgoerelse=decision, amount=None)
    follower.later(80)
    return follower


def held(follower: Follower, **more: str) -> Opfoelgning:
    follower.talked()
    follower.kept({**follower.texts(**more), **follower.syn("Enig.")})
    return hold(follower.sag, to=[follower.desk.mother], **follower.desk.act())


def told(follower: Follower) -> dict[str, dict[str, Any]]:
    with follower.town.product.store.read() as connection:
        rows = connection.execute(sa.select(letters.c.code, letters.c["values"])).all()
    plain = {code: values.replace("\\u00a0", " ").replace("\u00a0", " ") for code, values in rows}
    return {code: json.loads(values) for code, values in plain.items()}


def test_paragraf_156_is_what_the_letter_and_the_document_name(disability: Follower) -> None:
    held(disability)
    said = told(disability)
    assert said["opfoelgning_brev"]["skrift.lov"] == "barnets lov § 156, stk. 2"
    assert said["opfoelgning"]["skrift.lov"] == "Barnets lov § 156, stk. 2"


def test_paragraf_95_is_it_where_other_help_is_given_too(follower: Follower) -> None:
    follower.desk.begun("tabt_arbejdsfortjeneste", afgoerelse=follower.desk.decision("tabt"))
    follower.later(80)
    held(follower)
    assert told(follower)["opfoelgning_brev"]["skrift.lov"] == "barnets lov § 95"


def test_a_new_assessment_is_an_udredning_and_the_letter_says_so(disability: Follower) -> None:
    it = held(disability, valg="ny_vurdering", vurder=SkriftKind.HANDICAPUDREDNING.value)
    [(what, number)] = it.opened
    assert what == "skrift"
    with disability.town.product.store.read() as connection:
        begun = skrifter.by_id(connection, number)
    assert begun is not None
    assert begun.kind is SkriftKind.HANDICAPUDREDNING
    assert begun.is_open
    assert "udredt igen" in told(disability)["opfoelgning_brev"]["opfoelgning.valg"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, "børnefaglig undersøgelse (barnets lov § 20)"),
        (SkriftKind.AFDAEKNING, "afdækkes igen (barnets lov § 19)"),
    ],
)
def test_the_letter_says_which_assessment_it_is(
    follower: Follower, kind: SkriftKind, words: str
) -> None:
    follower.later(80)
    held(follower, valg="ny_vurdering", vurder=kind.value)
    assert words in told(follower)["opfoelgning_brev"]["opfoelgning.valg"]
    assert words in told(follower)["opfoelgning"]["opfoelgning.valg"]
