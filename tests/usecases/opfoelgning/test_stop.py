"""Help that is taken from a family by a decision alone stops by that (barnets lov §§ 11 and 99)."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import help_taken
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import afgoerelser, letters, personer
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.opfoelgning.hold import OpfoelgningNotClear, hold

from .follower import Follower

HEARD = "Familien bliver hørt, før den træffes"


def stopped(follower: Follower, *them: str, also: Sequence[UUID] = (), **more: str) -> Opfoelgning:
    """Follow up that help is to stop, and tell the mother."""
    follower.talked()
    said = follower.texts(valg="stop", stop=",".join(them), **more)
    follower.kept({**said, **follower.syn("Enig.")})
    return hold(follower.sag, to=[follower.desk.mother, *also], **follower.desk.act())


def drafts(follower: Follower) -> list[tuple[Any, str]]:
    with follower.town.product.store.read() as connection:
        its = afgoerelser.c
        rows = connection.execute(sa.select(its.skrift_id, its.matter).where(
            its.state == "forberedes"
        ))  # fmt: skip
        return [(row.skrift_id, row.matter) for row in rows]


def told(follower: Follower) -> dict[str, dict[str, Any]]:
    """Return what each letter says, by its code."""
    with follower.town.product.store.read() as connection:
        rows = connection.execute(sa.select(letters.c.code, letters.c["values"]))
        return {code: json.loads(values) for code, values in rows}


@pytest.mark.parametrize(
    ("decision", "code", "takes", "title"),
    [
        (
            "stoette",
            "familiebehandling",
            "ophoer",
            "Familiebehandling eller behandling af barnet eller den unge",
        ),
        ("tabt", "tabt_arbejdsfortjeneste", "tabt_ophoer", "Tabt arbejdsfortjeneste"),
        ("kompensation", "kompensationsydelse", "kompensation_ophoer", "Kompensationsydelse"),
        ("sel_90", "sel_90_2", "sel_90_ophoer", "Afløsning og aflastning"),
        ("saerlige_tilbud", "hjemmetraening", "traening_ophoer", "Hjemmetræning"),
    ],
)
def test_paragraffer_11_and_99_stop_begins_the_decision_and_the_letters_say_so(
    follower: Follower, decision: str, code: str, takes: str, title: str
) -> None:
    one = follower.desk.begun(code, afgoerelse=follower.desk.decision(decision))
    follower.later(80)
    alma = follower.desk.alma
    with follower.town.product.store.write(actor="karen", now=follower.town.now) as work:
        born = sa.update(personer).where(personer.c.id == alma).values(born=date(2014, 5, 2))
        work.connection.execute(born)
    it = stopped(follower, str(one.id), also=[alma])
    [(draft, matter)] = drafts(follower)
    assert matter == takes
    assert it.opened == [("afgoerelse", draft)]
    assert follower.desk.its(one.id).runs
    with follower.town.product.store.read() as connection:
        begun = skrifter.by_id(connection, draft)
        assert set(help_taken.named(connection, draft)) == {one.id}
    assert begun is not None
    assert begun.is_open
    letter = told(follower)["opfoelgning_brev"]["opfoelgning.valg"]
    assert letter.startswith(f"Vi mener, at noget af hjælpen skal høre op: {title}. Det sker først")
    assert HEARD in letter
    assert "hvordan man klager" in letter
    child = next(
        v for k, v in told(follower).items() if k in ("opfoelgning_barn", "opfoelgning_ung")
    )
    assert "Det er ikke bestemt endnu." in child["opfoelgning.til_barnet"]


def test_paragraf_95_help_that_goes_on_until_it_is_decided_has_its_next_day(
    follower: Follower,
) -> None:
    follower.later(80)
    with pytest.raises(OpfoelgningNotClear) as no:
        stopped(follower, str(follower.its.id), naeste="")
    assert list(no.value.fields) == ["naeste"]


def test_paragraf_99_two_that_stop_by_the_same_decision_begin_it_once(follower: Follower) -> None:
    other = follower.desk.begun("kontaktperson", afgoerelse=follower.desk.decision())
    follower.later(80)
    it = stopped(follower, str(follower.its.id), str(other.id))
    assert [what for what, _ in it.opened] == ["afgoerelse"]
    [(draft, _)] = drafts(follower)
    with follower.town.product.store.read() as connection:
        assert set(help_taken.named(connection, draft)) == {follower.its.id, other.id}
    letter = told(follower)["opfoelgning_brev"]["opfoelgning.valg"]
    assert "den unge eller hele familien; Familiebehandling" in letter, "a title has commas too"


@pytest.mark.parametrize("taken_over", [False, True])
@pytest.mark.parametrize("is_over", [False, True])
def test_paragraf_100_a_placement_stops_by_the_decision_that_the_child_goes_home(
    follower: Follower, taken_over: bool, is_over: bool
) -> None:
    """Also when the time it was decided for is over; other help that is planned places nobody."""
    ends = follower.town.now.date() + timedelta(days=60 if is_over else 300)
    placing = follower.desk.decision("anbringelse_samtykke", ends=ends)
    one = follower.desk.placed(afgoerelse=placing)
    day = follower.later(80)
    follower.desk.begun("kontaktperson", starts_on=day + timedelta(days=9))
    if taken_over:
        follower.desk.placed(starts_on=day + timedelta(days=9))
    it = stopped(follower, str(one.id))
    letter = told(follower)["opfoelgning_brev"]["opfoelgning.valg"]
    if taken_over:
        assert it.opened == [("afslut", one.id)]
        return
    [(draft, matter)] = drafts(follower)
    assert (matter, it.opened) == ("hjemgivelse", [("afgoerelse", draft)])
    assert HEARD in letter


def test_paragraf_100_a_placement_that_is_noted_alone_is_written_in_before_it_stops(
    follower: Follower,
) -> None:
    """Nothing is decided from a note, and the parents are not told that it stops."""
    placed = {"anbringelse": str(uuid4())}
    alma = follower.desk.alma
    follower.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=follower.sag, person=alma, data=placed)
    day = follower.later(80)
    end(
        follower.sag, follower.its.id, day, "ophoer_maal_naaet", "Mor bad om det i dag.",
        how=How.BEDT_OM, seen=follower.its.version, **follower.desk.act(),
    )  # fmt: skip
    with pytest.raises(OpfoelgningNotClear) as no:
        stopped(follower)
    assert "hjemgivelse" in no.value.fields["valg"]
    assert not told(follower)


@pytest.mark.parametrize(("days", "goes_home"), [(10, False), (40, True)])
def test_paragraf_99_who_is_of_age_before_it_could_be_decided_does_not_go_home_by_a_decision(
    follower: Follower, days: int, goes_home: bool
) -> None:
    one = follower.desk.placed(afgoerelse=follower.desk.decision("anbringelse_samtykke"))
    day = follower.later(80) + timedelta(days=days)
    with follower.town.product.store.write(actor="karen", now=follower.town.now) as work:
        mine = personer.c.id == follower.desk.alma
        born = day.replace(year=day.year - 18)
        work.connection.execute(sa.update(personer).where(mine).values(born=born))
    it = stopped(follower, str(one.id))
    assert [what for what, _ in it.opened] == ["afgoerelse" if goes_home else "afslut"]
