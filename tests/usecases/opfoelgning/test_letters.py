"""What an opfølgning puts on paper: the whole on the case, and what each is told (§ 95, stk. 3)."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.netvaerk import Kreds, Myndighed, Part, Rolle
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.tables import letters, maal, personer
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.usecases.opfoelgning.followed import left_out
from dubu_plugin.usecases.opfoelgning.hold import OpfoelgningNotClear, OthersAreTold, hold
from dubu_plugin.usecases.opfoelgning.keep import place_of_person

from ..afgoerelse.bench import hidden_place
from .follower import Follower


def written(follower: Follower) -> dict[str, dict[str, Any]]:
    """Return what each letter says, by its code."""
    with follower.town.product.store.read() as connection:
        rows = connection.execute(sa.select(letters.c.code, letters.c["values"]))
        return {code: json.loads(values) for code, values in rows}


def held(follower: Follower, *to: UUID, **more: str) -> None:
    follower.later(80)
    follower.talked()
    said = follower.syn("Jeg er træt.") | follower.status(0, "opnaaet", "7")
    follower.kept({**follower.texts(**more), **said})
    hold(follower.sag, to=to, **follower.desk.act())


def test_the_whole_of_it_lies_on_the_case(follower: Follower) -> None:
    held(follower)
    whole = written(follower)["opfoelgning"]
    assert [one["naaet"] for one in whole["opfoelgning.maal"]] == ["Nået", "Delvist nået"]
    assert {"titel": "Sofie Testvad, mor", "tekst": "Jeg er træt."} in whole["opfoelgning.syn"]
    assert whole["opfoelgning.grund"] == "Mors behandling ændres i januar."


@pytest.mark.parametrize("hidden", [True, False])
def test_paragraf_105_no_parent_is_written_to_before_somebody_looked_for_the_place(
    follower: Follower, hidden: bool
) -> None:
    if hidden:
        hidden_place(follower.town, follower.sag, follower.desk.alma)
        with pytest.raises(OpfoelgningNotClear) as no:
            held(follower, follower.desk.mother)
        assert set(no.value.fields) == {"adskilt_set"}
    else:
        held(follower, follower.desk.mother)


def test_a_child_never_reads_what_the_adviser_wrote_of_it(follower: Follower) -> None:
    with follower.town.product.store.write(actor="karen", now=follower.town.now) as work:
        alma = personer.c.id == follower.desk.alma
        work.connection.execute(sa.update(personer).where(alma).values(born=date(2014, 6, 1)))
    held(follower, follower.desk.alma)
    assert written(follower)["opfoelgning_barn"]["opfoelgning.dit_syn"] == ""


def test_a_parent_reads_nothing_the_child_has_said(follower: Follower) -> None:
    held(follower, follower.desk.mother)
    letter = json.dumps(written(follower)["opfoelgning_brev"], ensure_ascii=False)
    assert "Jeg er træt." in letter
    assert "Jeg er på en 6'er nu." not in letter
    assert "Indsatsen hjælper." not in letter  # the assessment is the adviser's


def test_paragraf_95_a_parent_without_custody_is_told_what_is_decided_and_no_goals(
    follower: Follower,
) -> None:
    father = follower.town.person("Mads Prøvesen")
    follower.town.tie(follower.desk.alma, father, "far", "barn")
    follower.part(follower.desk.mother, custody=Myndighed.DEL)
    held(follower, father)
    letter = written(follower)["opfoelgning_brev"]
    assert letter["opfoelgning.status"] == []
    assert letter["opfoelgning.grund"] == "Mors behandling ændres i januar."


def test_paragraf_95_an_adoptive_parent_is_asked_and_told_and_the_father_who_left_is_not(
    follower: Follower,
) -> None:
    alma, mother = follower.desk.alma, follower.desk.mother
    father = follower.town.person("Mads Prøvesen")
    adopter = follower.town.person("Jonas Demosen")
    follower.town.tie(alma, father, "far", "barn")
    follower.part(father, Rolle.FAR, ended_on=danish_day(follower.town.now))
    follower.part(adopter, Rolle.ADOPTIVFORAELDER, custody=Myndighed.DEL)
    follower.part(mother, custody=Myndighed.DEL)
    told = follower.told_of()
    assert told == {mother: "Sofie Testvad, mor", adopter: "Jonas Demosen, adoptivforælder"}
    follower.later(80)
    follower.talked()
    said = {(place_of_person(adopter), "syn"): "Hun sover bedre hos os."}
    follower.kept(follower.texts() | said)
    with pytest.raises(OthersAreTold):
        hold(follower.sag, to=[father], **follower.desk.act())
    hold(follower.sag, to=[adopter], **follower.desk.act())
    letters = written(follower)
    assert letters["opfoelgning_brev"]["opfoelgning.dit_syn"] == "Hun sover bedre hos os."
    assert letters["opfoelgning_brev"]["opfoelgning.status"]
    views = [one["titel"] for one in letters["opfoelgning"]["opfoelgning.syn"]]
    assert "Jonas Demosen, adoptivforælder" in views


def test_paragraf_95_a_grandmother_who_alone_has_custody_is_asked_and_told(
    follower: Follower,
) -> None:
    granny = follower.town.person("Birthe Prøvesen", address="Demovej 4, 9999 Prøvestrup")
    follower.town.tie(follower.desk.alma, granny, "bedsteforaelder", "barnebarn")
    assert granny not in follower.told_of()
    follower.part(
        granny, Rolle.BEDSTEFORAELDER, called="farmor", custody=Myndighed.DEL, lives_here=True
    )
    follower.part(follower.desk.mother, custody=Myndighed.INGEN)
    assert follower.told_of()[granny] == "Birthe Prøvesen, farmor"
    unticked = follower.not_ticked()
    assert granny not in unticked
    assert set(unticked) == {follower.desk.mother, follower.desk.alma}, "she can open Alma's letter"
    held(follower, granny)
    assert written(follower)["opfoelgning_brev"]["opfoelgning.status"]


def test_paragraf_95_of_one_who_is_held_apart_the_other_parent_reads_no_goals(
    follower: Follower,
) -> None:
    father = follower.town.person("Mads Prøvesen")
    follower.town.tie(follower.desk.alma, father, "far", "barn")
    follower.part(follower.desk.mother, apart=True, custody=Myndighed.UKENDT)
    with pytest.raises(OpfoelgningNotClear) as no:
        held(follower, father)
    assert set(no.value.fields) == {"adskilt_set"}
    assert written(follower) == {}, "nothing is sent before somebody has looked"
    hold(follower.sag, to=[father], apart_seen=True, **follower.desk.act())
    assert written(follower)["opfoelgning_brev"]["opfoelgning.status"] == []


def siblings(follower: Follower) -> tuple[UUID, UUID]:
    """Have the second goal be her half-brother's; return him, and her father who is nothing to
    him."""
    town = follower.town
    viggo = town.person("Viggo Prøvesen", born=date(2019, 3, 9))
    father = town.person("Mads Prøvesen")
    town.tie(follower.desk.alma, father, "far", "barn")
    town.tie(follower.desk.alma, viggo, "soeskende", "soeskende")
    town.tie(viggo, follower.desk.mother, "mor", "barn")
    town.tie(viggo, town.person("Michael Testlund"), "far", "barn")
    with town.product.store.add() as connection:
        second = maal.c.id == follower.goals[1]
        connection.execute(sa.update(maal).where(second).values(person_id=viggo))
    return viggo, father


def told_goals(follower: Follower) -> dict[str, list[str]]:
    """Return the goals each reads, by the name of who reads them."""
    with follower.town.product.store.read() as connection:
        its = letters.c
        rows = connection.execute(
            sa.select(its.recipient, its["values"]).where(its.code != "opfoelgning")
        )
        return {
            json.loads(said)["modtager.navn"]: [
                one["maal"] for one in json.loads(said)["opfoelgning.status"]
            ]
            for _, said in rows
        }


ALMAS, VIGGOS = "Alma kommer i skole til tiden", "Viggo Prøvesen: Alma svømmer"


def test_paragraf_91_stk_3_and_fvl_27_each_reads_the_goals_of_the_children_they_have_custody_of(
    follower: Follower,
) -> None:
    alma, mother = follower.desk.alma, follower.desk.mother
    _, father = siblings(follower)
    with follower.town.product.store.add() as connection:
        born = date(2014, 6, 1)
        connection.execute(sa.update(personer).where(personer.c.id == alma).values(born=born))
    said = {one: left_out(follower.its_followed(), one) for one in (mother, father, alma)}
    assert said[mother] == ""
    assert "søskende, som andre har forældremyndigheden over" in said[father]
    assert "kun barnets egne mål" in said[alma]
    held(follower, mother, father, alma, barnet_sagt="Du har sagt, at du er glad.")
    assert told_goals(follower) == {
        "Sofie Testvad": [ALMAS, VIGGOS], "Mads Prøvesen": [ALMAS], "Alma Testvad": [ALMAS],
    }  # fmt: skip
    whole = written(follower)["opfoelgning"]["opfoelgning.maal"]
    assert [one["maal"] for one in whole] == [ALMAS, VIGGOS], "it is said whose it is"


def test_fvl_27_of_one_held_apart_around_the_sibling_the_mother_reads_not_its_goals(
    follower: Follower,
) -> None:
    viggo, _ = siblings(follower)
    other = follower.town.person("Prøve Testlund")
    with follower.town.product.store.write(actor="karen", now=follower.town.now) as work:
        part = Part(role=Rolle.BEDSTEFORAELDER, circle=Kreds.PRIMAER, apart=True)
        netvaerk.begin(work.connection, viggo, other, part, by="karen", now=follower.town.now)
    held(follower, follower.desk.mother)
    assert told_goals(follower) == {"Sofie Testvad": [ALMAS]}


def test_fvl_27_who_has_custody_of_the_sibling_alone_reads_its_goals_and_it_is_said(
    follower: Follower,
) -> None:
    siblings(follower)
    mother = follower.desk.mother
    follower.part(mother, custody=Myndighed.INGEN)
    assert follower.not_ticked()[mother] == (
        "Har ikke forældremyndighed. Brevet nævner kun de mål, der er for søskende."
    )
    held(follower, mother)
    assert told_goals(follower) == {"Sofie Testvad": [VIGGOS]}


def test_of_one_who_is_held_apart_nobody_is_asked_where_no_letter_is_sent(
    follower: Follower,
) -> None:
    follower.part(follower.desk.mother, apart=True, custody=Myndighed.UKENDT)
    held(follower)
    assert "opfoelgning" in written(follower)


@pytest.mark.parametrize(
    ("born", "code"),
    [(date(2014, 6, 1), "opfoelgning_barn"), (date(2010, 6, 1), "opfoelgning_ung")],
)
def test_a_child_of_ten_is_written_to_in_its_own_words(
    follower: Follower, born: date, code: str
) -> None:
    alma = follower.desk.alma
    with follower.town.product.store.write(actor="karen", now=follower.town.now) as work:
        work.connection.execute(sa.update(personer).where(personer.c.id == alma).values(born=born))
    held(follower, alma, barnet_sagt="Du har sagt, at du er på en 6'er nu.")
    letter = written(follower)[code]
    assert letter["opfoelgning.dit_syn"] == "Du har sagt, at du er på en 6'er nu."
    assert letter["opfoelgning.til_barnet"] == "Hjælpen bliver ved, som den er nu."
    assert "Jeg er træt." not in json.dumps(letter, ensure_ascii=False)


def test_paragraf_105_a_placed_child_is_handed_its_letter(follower: Follower) -> None:
    alma = follower.desk.alma
    follower.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=follower.sag, data={"anbringelse": "en"},
        occurred_at=follower.town.now,
    )  # fmt: skip
    with follower.town.product.store.write(actor="karen", now=follower.town.now) as work:
        born = date(2014, 6, 1)
        work.connection.execute(sa.update(personer).where(personer.c.id == alma).values(born=born))
    held(follower, alma)
    assert written(follower)["opfoelgning_barn"]["modtager.adresse"] == "Overleveres af rådgiveren"


def test_a_child_under_ten_and_a_stranger_are_not_written_to(follower: Follower) -> None:
    stranger = follower.town.person("Prøve Fremmed")
    follower.later(80)
    follower.talked()
    follower.kept(follower.texts(), who=METTE)
    for nobody in (stranger, follower.desk.alma):
        with pytest.raises(OthersAreTold):
            hold(follower.sag, to=[nobody], **follower.desk.act())
    with pytest.raises(NotYours):
        hold(follower.sag, to=[uuid4()], **follower.desk.act())
    assert written(follower) == {}
