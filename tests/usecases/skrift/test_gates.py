"""What the law asks of a screening, an afdækning and an undersøgelse before it stands."""

import json

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.tables import letters, outbox
from dubu_plugin.usecases.skrift.present import NotFinished, approve, finish, give_up

from .desk import BFU, Desk


def lacks(desk: Desk, kind: SkriftKind, **texts: str) -> list[tuple[str, str]]:
    """Return what keeps a skrift that is otherwise whole from standing, and the paragraph."""
    skrift = desk.finished(desk.begun(kind))
    chosen = {"forhold": "sundhedsforhold"} if kind is SkriftKind.AFDAEKNING else {}
    desk.put(skrift, **chosen, **texts)
    stands = approve if kind is BFU else finish
    with pytest.raises(NotFinished) as no:
        stands(desk.sag, skrift.id, **desk.leader)
    return [(one.field, one.law) for one in no.value.lacking]


def test_paragraf_18_stk_3_the_risk_is_assessed_where_there_are_signs_of_social_control(
    desk: Desk,
) -> None:
    law = "§ 18, stk. 3"
    assert lacks(desk, SkriftKind.SCREENING, aere="") == [("aere", law)], "it is asked of everybody"
    assert lacks(desk, SkriftKind.SCREENING, aere="ja") == [("risikovurdering", law)]
    screening = desk.begun(SkriftKind.SCREENING)
    desk.put(screening, risikovurdering="Farbror truer. Forældrene ringes ikke op.")
    finish(desk.sag, screening.id, **desk.act())


def test_paragraf_18_stk_1_a_screening_comes_to_one_of_three(desk: Desk) -> None:
    assert lacks(desk, SkriftKind.SCREENING, udfald="") == [("udfald", "§ 18")]


@pytest.mark.parametrize(
    ("kind", "law"),
    [(SkriftKind.AFDAEKNING, "§ 19, stk. 3"), (BFU, "§ 21, stk. 1-4")],
)
def test_paragraf_19_and_21_siblings_are_considered(desk: Desk, kind: SkriftKind, law: str) -> None:
    assert lacks(desk, kind, soeskende="") == [("soeskende", law)]


def test_paragraf_20_an_undersoegelse_says_why_it_is_made(desk: Desk) -> None:
    assert lacks(desk, BFU, grund="") == [("grund", "§ 20, stk. 1 og 2")]


def test_paragraf_22_stk_1_who_knows_the_child_is_involved(desk: Desk) -> None:
    assert lacks(desk, BFU, gennemfoerelse="") == [("gennemfoerelse", "§ 22, stk. 1")]


def test_paragraf_22_stk_6_the_positions_and_what_can_help_are_there(desk: Desk) -> None:
    for section in (
        "grundlag_for_stoette", "barnets_holdning", "foraeldres_holdning", "omgivelserne_kan",
    ):  # fmt: skip
        assert lacks(desk, BFU, **{section: ""}) == [(section, "§ 22, stk. 6")]


def test_paragraf_125_the_boernehus_is_used_where_abuse_is_suspected(desk: Desk) -> None:
    assert lacks(desk, BFU, grund="overgreb") == [("boernehus", "§ 125")]
    bfu = desk.begun(BFU)
    desk.put(bfu, boernehus="Samtaler i børnehuset den 3. juni.")
    approve(desk.sag, bfu.id, **desk.leader)


@pytest.mark.parametrize("kind", [SkriftKind.SCREENING, SkriftKind.AFDAEKNING, BFU])
def test_paragraf_5_the_childs_view_stands_in_each(desk: Desk, kind: SkriftKind) -> None:
    assert lacks(desk, kind, barnets_perspektiv="") == [("barnets_perspektiv", "§ 5")]


def test_paragraf_13_offentlighedsloven_what_stands_or_is_given_up_is_noted_by_itself(
    desk: Desk,
) -> None:
    approve(desk.sag, desk.finished(desk.begun(BFU)).id, **desk.leader)
    give_up(desk.sag, desk.begun(SkriftKind.AFDAEKNING).id, **desk.act())
    with desk.town.product.store.read() as connection:
        rows = connection.scalars(sa.select(outbox.c.payload).where(outbox.c.kind == "add_note"))
        titles = [json.loads(row)["title"] for row in rows]
        filed = list(connection.scalars(sa.select(letters.c.code)))
    assert (titles, filed) == (["Afdækning er opgivet"], ["boernefaglig_undersoegelse"])
    row = desk.town.product.letters["boernefaglig_undersoegelse"].row
    assert row.journal_note, "the note comes with the document"
