"""Custody is said of everybody at once, and who is asked, heard and written to follows it."""

from datetime import UTC, date, datetime

import pytest

from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.custody import Kendt
from dubu_plugin.domain.inddragelse import Giver, NotWhole, Samtykkeart, Way
from dubu_plugin.domain.netvaerk import Rolle
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import partshoeringer
from dubu_plugin.store.family import personer
from dubu_plugin.store.inddragelse import samtykker
from dubu_plugin.store.inddragelse.samtykker import Samtykke
from dubu_plugin.usecases.afgoerelse.parties import who
from dubu_plugin.usecases.afgoerelse.prepare import prepare
from dubu_plugin.usecases.inddragelse.answer_samtykke import give
from dubu_plugin.usecases.inddragelse.ask_samtykke import Wanted, ask_samtykke
from dubu_plugin.usecases.inddragelse.parties import PartiesChanged
from dubu_plugin.usecases.netvaerk.on_netvaerk import NetworkChanged
from dubu_plugin.usecases.netvaerk.say_custody import Said, say_custody
from dubu_plugin.usecases.plan.whose import around, receivers

from .family import Family


def test_while_nobody_has_said_both_parents_are_asked(family: Family) -> None:
    assert family.asked() == ["mor", "far"]


def test_where_mother_has_it_alone_father_is_not_asked(family: Family) -> None:
    family.custody(family.mother, homes=[family.mother])
    assert family.asked() == ["mor"]
    wanted = Wanted(givers=(family.father,), kind=Samtykkeart.INDSATS, purpose="Støtte")
    with pytest.raises(PartiesChanged):
        ask_samtykke(family.sag, wanted, **family.act())


def test_a_stepfather_who_adopted_is_asked_as_one_of_two(family: Family) -> None:
    adopted = family.typed("Jonas Demosen", Rolle.ADOPTIVFORAELDER)
    family.custody(family.mother, family.line(adopted).who.id)
    assert family.asked() == ["mor", "adoptivforælder"]


def test_from_fifteen_the_young_person_is_asked_and_from_eighteen_alone(family: Family) -> None:
    family.custody(family.mother)
    family.town.now = datetime(2031, 12, 3, 8, tzinfo=UTC)
    assert family.asked() == ["mor", "den unge"]
    family.town.now = datetime(2034, 12, 3, 8, tzinfo=UTC)
    assert family.asked() == ["den unge"]


def test_the_header_says_it_and_the_language(family: Family) -> None:
    family.custody(family.mother, family.father, homes=[family.mother], language="Somali",
                   interpreter=True)  # fmt: skip
    head = family.head()
    assert (head.holders, head.homes) == (("mor", "far"), ("mor",))
    assert (head.language, head.interpreter) == ("Somali", True)


def test_how_it_is_known_must_be_said_and_no_day_to_come(family: Family) -> None:
    with pytest.raises(NotWhole) as no:
        family.custody(family.mother, source=None, since=date(2026, 6, 12), language="x" * 61)
    assert set(no.value.fields) == {"kilde", "fra", "sprog"}
    assert family.head().holders == ()


def test_of_two_who_say_it_at_once_the_second_is_told(family: Family) -> None:
    said = Said(seen={family.mother: 0}, seen_card=0, holders=frozenset({family.mother}),
                source=Kendt.CPR)  # fmt: skip
    say_custody(family.sag, said, **family.act())
    with pytest.raises(NetworkChanged):
        say_custody(family.sag, said, **family.act())


def test_somebody_who_is_not_around_the_child_is_given_no_custody(family: Family) -> None:
    stranger = family.town.person("Prøve Fremmed", born=date(1980, 2, 3))
    with pytest.raises(NotYours):
        family.custody(stranger)


def test_a_parent_who_comes_to_light_when_custody_is_known_has_none(family: Family) -> None:
    family.custody(family.mother)
    key = family.typed("Prøve Medmor", Rolle.MEDMOR)
    assert family.asked() == ["mor"]
    assert family.line(key).part.custody == "ingen"


def _parties(family: Family, code: str) -> list[tuple[str, Capacity]]:
    today = family.today
    matter = family.town.product.matters.get(code, today)
    assert matter is not None
    with family.town.product.store.read() as connection:
        child = personer.by_id(connection, family.alma)
        assert child is not None
        return [(one.name, what) for one, what in who(connection, matter, child, 9, today)]


def test_a_parent_without_custody_is_no_party_to_a_decision_on_support(family: Family) -> None:
    both = [("Sanne Testvad", Capacity.FORAELDREMYNDIGHED),
            ("Michael Prøvesen", Capacity.FORAELDREMYNDIGHED)]  # fmt: skip
    assert _parties(family, "stoette") == both
    family.custody(family.mother)
    assert _parties(family, "stoette") == both[:1]


def test_paragraf_104_a_parent_without_custody_is_a_party_on_samvaer(family: Family) -> None:
    family.custody(family.mother)
    assert ("Michael Prøvesen", Capacity.FORAELDER) in _parties(family, "samvaer")


def test_the_plan_goes_to_nobody_without_custody(family: Family) -> None:
    def names() -> list[str]:
        with family.town.product.store.read() as connection:
            now = family.town.now
            people = around(connection, family.alma, now)
            plan, born = SkriftKind.BARNETS_PLAN, date(2016, 12, 3)
            return [one.name for one in receivers(people, plan, born=born, now=now)]

    assert names() == ["Sanne Testvad", "Michael Prøvesen"]
    family.custody(family.father)
    assert names() == ["Michael Prøvesen"]


def _covering(family: Family, *holders: object) -> Samtykke | None:
    with family.town.product.store.read() as connection:
        known = samtykker.of_sag(connection, family.sag)
    have = frozenset(one for one in holders if one is not None)
    return samtykker.covering(known, "skole", family.today, holders=have)  # type: ignore[arg-type]


def test_paragraf_11_a_each_holder_of_joint_custody_must_have_consented(family: Family) -> None:
    family.custody(family.mother, family.father)
    wanted = Wanted(givers=(family.mother, family.father), kind=Samtykkeart.INDHENTE,
                    sources=("skole",), purpose="Fravær")  # fmt: skip
    mothers, fathers = ask_samtykke(family.sag, wanted, **family.act())
    give(family.sag, mothers, Way.MUNDTLIGT, **family.act())
    assert _covering(family, family.mother, family.father) is None
    give(family.sag, fathers, Way.MUNDTLIGT, **family.act())
    found = _covering(family, family.mother, family.father)
    assert found is not None
    assert found.asked.giver_role is Giver.FORAELDER


def test_a_yes_of_somebody_who_has_lost_custody_counts_no_more(family: Family) -> None:
    wanted = Wanted(givers=(family.father,), kind=Samtykkeart.INDHENTE, sources=("skole",),
                    purpose="Fravær")  # fmt: skip
    (key,) = ask_samtykke(family.sag, wanted, **family.act())
    give(family.sag, key, Way.MUNDTLIGT, **family.act())
    assert _covering(family) is not None
    assert _covering(family, family.mother) is None


def test_a_decision_under_way_asks_no_consent_of_who_turns_out_to_have_no_custody(
    family: Family,
) -> None:
    matter = family.town.product.matters.get("stoette", family.today)
    assert matter is not None
    number = prepare(family.sag, matter.code, **family.act())

    def capacities() -> dict[str, Capacity]:
        with family.town.product.store.read() as connection:
            return {
                one.name: one.capacity for one in partshoeringer.of_afgoerelse(connection, number)
            }

    assert capacities()["Michael Prøvesen"] is Capacity.FORAELDREMYNDIGHED
    family.custody(family.mother)
    assert capacities()["Michael Prøvesen"] is Capacity.FORAELDER
    assert capacities()["Sanne Testvad"] is Capacity.FORAELDREMYNDIGHED
    family.custody(family.mother, family.father)
    assert capacities()["Michael Prøvesen"] is Capacity.FORAELDREMYNDIGHED
