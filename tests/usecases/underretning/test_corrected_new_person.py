"""§ 137, stk. 1, where an assessment is put right: what is done is not asked for again."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.vurdering import NotComplete
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import genvurderinger as table
from dubu_plugin.store.tables import letters
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, VIGGO, Reception
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.genvurder import NotAsked, ask, confirm, decline

RIGHT = replace(GOOD, reason="Alma er på skole, og farmor henter.")
WORDS = "Jeg har læst sagen forfra."


def supported(reception: Reception, sag: UUID | None) -> None:
    assert sag is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        sager.change(work.connection, sag, has_indsats=True, responsible="anders")
        sager.take_part(work.connection, sag, "anders", now=NOW)


@pytest.fixture
def running(reception: Reception) -> UUID:
    """An underretning on a child that gets support, on a case Anders has handled."""
    first = reception.about(reception.registered(made_post.eml(TEXT)))
    supported(reception, first.sag_id)
    return reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))


def named(reception: Reception, underretning: UUID) -> str | None:
    with reception.product.store.read() as connection:
        found = underretninger.vurdering_of(connection, underretning)
    assert found is not None
    return found.fresh_eyes


def paper(reception: Reception, underretning: UUID) -> str:
    rows = reception.rows(letters, underretning_id=underretning, code="vurdering")
    newest: str = max(rows, key=lambda row: row.created_at)._mapping["values"]
    return newest.replace("\N{NO-BREAK SPACE}", " ")


def later(reception: Reception) -> None:
    reception.town.now += timedelta(minutes=10)


def test_support_that_began_afterwards_asks_nobody_into_an_older_assessment(
    reception: Reception,
) -> None:
    underretning = reception.registered(made_post.eml(TEXT))
    done = reception.save(underretning)
    supported(reception, done.sag)
    later(reception)
    reception.save(underretning, RIGHT)
    assert reception.rows(table) == []
    assert "Ikke krævet, fordi barnet ikke fik støtte, da" in paper(reception, underretning)


def test_what_was_noted_as_reassessed_is_not_asked_for_again(
    reception: Reception, running: UUID
) -> None:
    sag = reception.about(running).sag_id
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    with reception.product.store.write(actor="anders", now=NOW) as work:
        work.happened(Haendelse.SAG_GENVURDERET, sag=sag, underretning=running, data={})
    later(reception)
    reception.save(running, RIGHT)
    assert reception.deadlines(running)["UND-GENV"] == "opfyldt"
    assert [row.employee for row in reception.rows(table)] == ["mette"]
    with pytest.raises(NotAsked):
        ask(running, "henrik", **reception.by())


def test_a_case_reassessed_without_a_name_says_when_on_paper(
    reception: Reception, running: UUID
) -> None:
    sag = reception.about(running).sag_id
    assert sag is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        sager.change(work.connection, sag, has_indsats=False)
    reception.save(running)
    supported(reception, sag)
    with reception.product.store.write(actor="anders", now=NOW) as work:
        work.happened(Haendelse.SAG_GENVURDERET, sag=sag, underretning=running, data={})
    later(reception)
    reception.save(running, RIGHT)
    assert "Genvurderet 2. marts 2026" in paper(reception, running)


def test_who_has_confirmed_stays_named_without_being_chosen_again(
    reception: Reception, running: UUID
) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    confirm(running, WORDS, **reception.by("mette"))
    later(reception)
    reception.save(running, RIGHT)
    assert named(reception, running) == "mette"
    assert len(reception.rows(table)) == 1


def test_who_is_asked_stays_asked_and_a_no_holds_no_correction_up(
    reception: Reception, running: UUID
) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    later(reception)
    reception.save(running, RIGHT)
    assert (named(reception, running), len(reception.rows(table))) == ("mette", 1)
    decline(running, "Jeg er på kursus.", **reception.by("mette"))
    later(reception)
    reception.save(running, GOOD)
    assert named(reception, running) is None
    assert [row.state for row in reception.rows(table)] == ["afslaaet"]
    assert reception.deadlines(running)["UND-GENV"] == "aaben"


def test_who_was_asked_in_anothers_place_is_not_taken_off_by_a_correction(
    reception: Reception, running: UUID
) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    later(reception)
    ask(running, "henrik", **reception.by())
    reception.save(running, RIGHT)
    assert named(reception, running) == "henrik"
    assert {row.employee: row.state for row in reception.rows(table)} == {
        "mette": "trukket", "henrik": "spurgt",
    }  # fmt: skip


def test_a_correction_sent_twice_is_one(reception: Reception, running: UUID) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    confirm(running, WORDS, **reception.by("mette"))
    seen = reception.about(running).version
    for _ in range(2):
        reception.save(running, RIGHT, version=seen)
    assert reception.happened(running).count(Haendelse.VURDERING_RETTET) == 1


def test_another_child_that_gets_support_asks_anew(reception: Reception, running: UUID) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    other = reception.registered(
        made_post.eml("Prøvestrup Skole underretter om Viggo.", message_id="<3@x>")
    )
    sag = reception.save(other, child=ChildByCpr(VIGGO, "Viggo Prøvesen")).sag
    supported(reception, sag)
    later(reception)
    with pytest.raises(NotComplete) as no:
        reception.save(running, RIGHT, child=ChildByCpr(VIGGO))
    assert [one.field for one in no.value.problems] == ["nye_oejne"]
