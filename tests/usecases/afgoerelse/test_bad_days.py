"""Bad days while a decision is open, each named after its sentence."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import partshoeringer
from dubu_plugin.store.family import personer
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, NotYoursToDecide, decide
from dubu_plugin.usecases.afgoerelse.hear import NoPartyNow, send
from dubu_plugin.usecases.afgoerelse.keep import Kept, keep

from .bench import TEXTS, Bench

TEN, FIFTEEN, EIGHTEEN = date(2016, 6, 11), date(2011, 6, 11), date(2008, 6, 11)


def people(bench: Bench, number: UUID) -> dict[str, str]:
    """Return who is a party, and as what."""
    return {one.name: one.capacity for one in bench.parts(number)}


def adopted(bench: Bench) -> tuple[UUID, UUID]:
    """Have the child adopted by two others, as the address book then tells it."""
    town = bench.town
    home = "Adoptivvej 3, 9999 Prøvestrup"
    mother = town.person("Tove Demosen", address=home)
    father = town.person("Bo Demosen", address=home)
    with town.product.store.write(actor="system", now=town.now) as work:
        family = [(mother, Tie.MOTHER), (father, Tie.FATHER)]
        personer.keep_ties(work.connection, bench.alma, family)
    return mother, father


def test_a_decision_by_somebody_without_the_right(bench: Bench) -> None:
    number = bench.ready()
    with pytest.raises(NotYoursToDecide) as no:
        decide(bench.sag, number, **bench.act(KAREN))
    assert "træffes af din leder" in no.value.for_people()
    assert "Alt er gemt" in no.value.for_people()
    with pytest.raises(NotYours):
        decide(bench.sag, number, **bench.act(ANDERS))
    assert bench.its(number).is_open
    assert bench.letters("afgoerelse", "afgoerelse_barn") == []


def test_a_child_who_turns_10_while_the_step_is_open_is_a_party_of_its_own(bench: Bench) -> None:
    number = bench.ready()
    assert Capacity.BARN not in people(bench, number).values()
    bench.grows(TEN)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.law for one in shut.value.lacking] == ["§ 3"]
    bench.kept(number, {})
    bench.left_out(number)
    decide(bench.sag, number, **bench.leader)
    assert len(bench.letters("afgoerelse_barn")) == 1


def test_a_child_who_turns_15_while_the_step_is_open_is_written_to_as_a_young_person(
    bench: Bench,
) -> None:
    bench.grows(date(2011, 6, 12))
    number = bench.ready()
    bench.grows(FIFTEEN)
    decide(bench.sag, number, **bench.leader)
    assert len(bench.letters("afgoerelse_ung")) == 1
    assert bench.letters("afgoerelse_barn") == []


def test_a_child_who_turns_18_while_the_step_is_open_is_decided_with_alone(bench: Bench) -> None:
    bench.grows(date(2008, 6, 12))
    text = "Truffet efter barnets lov § 114, stk. 1, fordi …"
    bench.helped("kontaktperson", since=bench.town.now - timedelta(days=90))
    number = bench.ready("ungestoette", begrundelse=text)
    assert len(bench.parts(number)) == 3
    bench.grows(EIGHTEEN)
    bench.kept(number, {}, indsats="ung_kontaktperson", place="")
    assert people(bench, number) == {"Alma Testvad": Capacity.BARN}
    bench.consents(number, bench.alma)
    bench.left_out(number)
    decide(bench.sag, number, **bench.leader)
    assert [to.split("\n")[0] for to, _ in bench.letters("afgoerelse")] == ["Alma Testvad"]


def test_support_for_a_child_who_turned_18_is_not_decided_and_nothing_is_lost(
    bench: Bench,
) -> None:
    number = bench.ready()
    bench.grows(EIGHTEEN)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert "§ 99" in [one.law for one in shut.value.lacking]
    assert bench.whole(number).said["formaal"] == TEXTS["formaal"]


def test_an_adopted_child_has_its_new_parents_as_parties_and_the_old_are_told_nothing(
    bench: Bench,
) -> None:
    number = bench.ready()
    assert set(people(bench, number)) == {"Sofie Testvad", "Mads Prøvesen"}
    mother, father = adopted(bench)
    bench.kept(number, {})
    assert set(people(bench, number)) == {"Tove Demosen", "Bo Demosen"}
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert {one.law for one in shut.value.lacking} == {"§ 32", "forvaltningsloven § 19"}
    bench.consents(number, mother, father)
    bench.left_out(number)
    decide(bench.sag, number, **bench.leader)
    told = [to.split("\n")[0] for to, _ in bench.letters("afgoerelse")]
    assert told == ["Bo Demosen", "Tove Demosen"]
    said = str(bench.letters("afgoerelse"))
    assert "Sofie" not in said
    assert "Prøvesen" not in said


def test_an_adoption_since_the_last_save_reaches_nobody_by_letter(bench: Bench) -> None:
    number = bench.ready()
    adopted(bench)
    with pytest.raises(GatesShut):
        decide(bench.sag, number, **bench.leader)
    assert bench.letters("afgoerelse") == []


@pytest.mark.parametrize("grown", [False, True])
def test_who_is_no_party_since_the_page_was_opened_is_not_heard(bench: Bench, grown: bool) -> None:
    number = bench.prepared()
    part = bench.part(number, bench.mother)
    if grown:
        bench.grows(EIGHTEEN)
    else:
        adopted(bench)
    about = {"om": Written("Skolen har oplyst fravær.", 0)}
    with pytest.raises(NoPartyNow):
        send(bench.sag, number, part, about, date(2026, 6, 25), **bench.act())
    assert bench.letters("partshoering") == []


def test_what_waits_to_be_posted_to_who_is_no_party_any_more_stays_here(bench: Bench) -> None:
    number = bench.prepared()
    part = bench.part(number, bench.mother)
    about = {"om": Written("Skolen har oplyst fravær.", 0)}
    send(bench.sag, number, part, about, date(2026, 6, 25), **bench.act())
    adopted(bench)
    bench.kept(number, {})
    its = letters.c
    with bench.town.product.store.read() as connection:
        states = connection.scalars(sa.select(its.state).where(its.code == "partshoering")).all()
    assert states == [LetterState.UDGAAET]


def test_who_is_a_party_again_is_heard_anew_and_what_they_answered_is_kept(bench: Bench) -> None:
    number = bench.ready()
    adopted(bench)
    bench.kept(number, {})
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        personer.keep_ties(work.connection, bench.alma, [(bench.mother, Tie.MOTHER)])
    bench.kept(number, {})
    [one] = bench.parts(number)
    assert (one.name, one.state) == ("Sofie Testvad", Hearing.FORBEREDT)
    with bench.town.product.store.read() as connection:
        ever = partshoeringer.of_afgoerelse(connection, number, gone=True)
    assert len(ever) == 4


def test_parents_who_may_not_see_each_others_information_read_their_own_alone(
    bench: Bench,
) -> None:
    decide(bench.sag, bench.ready(), **bench.leader)
    letters = {to.split("\n")[0]: str(said) for to, said in bench.letters("afgoerelse")}
    assert set(letters) == {"Sofie Testvad", "Mads Prøvesen"}
    assert "Testvej 1" in letters["Sofie Testvad"]
    assert "Prøvevej 2" not in letters["Sofie Testvad"]
    assert "Testvej 1" not in letters["Mads Prøvesen"]


def test_who_is_a_party_no_more_keeps_nothing_that_is_typed_from_being_saved(
    bench: Bench,
) -> None:
    number = bench.ready()
    bench.grows(EIGHTEEN)
    seen = bench.whole(number).texts["", "formaal"].revision
    kept = Kept(
        seen=bench.its(number).version,
        capacities={bench.mother: Capacity.FORAELDER},
        consents={bench.mother: None, bench.father: None},
        texts={"formaal": Written("Skole hver dag.", seen)},
    )
    keep(bench.sag, number, kept, **bench.act())
    assert bench.mother not in {one.person for one in bench.parts(number)}
    assert bench.whole(number).said["formaal"] == "Skole hver dag."
    stranger = Kept(seen=bench.its(number).version, capacities={bench.sag: Capacity.FORAELDER})
    with pytest.raises(NotYours):
        keep(bench.sag, number, stranger, **bench.act())
