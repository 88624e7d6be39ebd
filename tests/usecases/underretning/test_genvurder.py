"""A genvurdering has taken place when the one who is new says so herself (§ 137, stk. 1)."""

from dataclasses import replace
from uuid import UUID

import pytest

from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.domain.vurdering import NotComplete
from dubu_plugin.frister.urgency import Days, today_until
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import day_heads
from dubu_plugin.store.min_dag.due_heads import Scope
from dubu_plugin.store.sag import sager
from dubu_plugin.store.stuck import waiting_for
from dubu_plugin.store.tables import frister, haendelser, letters, outbox, sagsdeltagere
from dubu_plugin.store.tables import genvurderinger as table
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.store.underretning.genvurderinger import Answer
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.genvurder import (
    CannotOpen,
    HasHandled,
    NotAsked,
    WordsMissing,
    ask,
    confirm,
    decline,
)

WORDS = "Jeg har læst sagen forfra. Støtten rækker ikke."


@pytest.fixture
def running(reception: Reception) -> UUID:
    """An underretning on a child that gets support, on a case Anders has handled."""
    first = reception.about(reception.registered(made_post.eml(TEXT)))
    assert first.sag_id is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        sager.change(work.connection, first.sag_id, has_indsats=True, responsible="anders")
        sager.take_part(work.connection, first.sag_id, "anders", now=NOW)
    return reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))


@pytest.fixture
def asked(reception: Reception, running: UUID) -> UUID:
    """Karen has assessed it and asked Mette."""
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    return running


def standing(reception: Reception, underretning: UUID) -> tuple[str, str]:
    with reception.product.store.read() as connection:
        found = genvurderinger.newest(connection, underretning)
    assert found is not None
    return found.employee, found.state


def by_whom(reception: Reception, underretning: UUID) -> list[str]:
    rows = reception.rows(haendelser, underretning_id=underretning, type="sag_genvurderet")
    return [row.actor for row in rows]


def waits(reception: Reception, who: str) -> list[tuple[UUID, Answer, str]]:
    with reception.product.store.read() as connection:
        found = waiting_for(
            connection, reception.asker(who), slower_than=reception.now,
            today=reception.now.date(),
        )  # fmt: skip
    return [(one.underretning, one.state, one.other) for one in found.asked]


def test_to_be_named_by_a_colleague_is_not_to_have_taken_part(
    reception: Reception, asked: UUID
) -> None:
    assert reception.deadlines(asked)["UND-GENV"] == "aaben"
    assert by_whom(reception, asked) == []
    assert "mette" not in {row.employee for row in reception.rows(sagsdeltagere)}
    assert waits(reception, "mette") == [(asked, Answer.ASKED, "Karen Demotoft")]


def test_the_duty_is_met_by_the_one_who_is_new_in_her_own_words(
    reception: Reception, asked: UUID
) -> None:
    confirm(asked, f"  {WORDS} ", **reception.by("mette"))
    assert reception.deadlines(asked)["UND-GENV"] == "opfyldt"
    assert by_whom(reception, asked) == ["mette"]
    assert standing(reception, asked) == ("mette", "bekraeftet")
    assert [row.words for row in reception.rows(table)] == [WORDS]
    assert any(WORDS in row.payload for row in reception.rows(outbox, kind="add_note"))
    assert waits(reception, "mette") == []


def test_the_question_is_a_line_of_her_own_day_until_she_answers(
    reception: Reception, asked: UUID
) -> None:
    def whose() -> str | None:
        rows = reception.rows(frister, underretning_id=asked, rule="UND-GENV", state="aaben")
        found: str | None = next(row.responsible for row in rows)
        return found

    assert whose() == "mette"
    with reception.product.store.read() as connection:
        days = Days(NOW, today_until(NOW), today_until(NOW + day_heads.SOON))
        seen = day_heads.seen(connection, reception.asker("mette"), days, Scope.MINE)
    assert [head.untaken for head in seen.heads if head.mine and head.undated] == [False]
    decline(asked, "Har ikke tid.", **reception.by("mette"))
    assert whose() == reception.about(asked).responsible


def test_what_was_confirmed_stands_in_a_new_document(reception: Reception, asked: UUID) -> None:
    before = reception.rows(letters, underretning_id=asked)
    assert any("har ikke bekræftet endnu" in row._mapping["values"] for row in before)
    confirm(asked, WORDS, **reception.by("mette"))
    new = [row for row in reception.rows(letters) if row.id not in {one.id for one in before}]
    assert [row.code for row in new] == ["vurdering"]
    assert "har ikke bekræftet endnu" not in new[0]._mapping["values"]


def test_a_professional_is_told_the_outcome_when_it_is_confirmed_and_not_before(
    reception: Reception, running: UUID
) -> None:
    outcome = replace(GOOD, fresh_eyes="mette", next_step=NaesteSkridt.BFU)
    done = reception.save(running, outcome, kvittering=True)
    assert (done.kvittering is not None, done.orientering) == (True, None)
    assert reception.deadlines(running)["UND-ORIENT"] == "aaben"
    confirm(running, WORDS, **reception.by("mette"))
    sent = [row.code for row in reception.rows(letters, underretning_id=running)]
    assert sent.count("orientering") == 1


def test_without_a_kvittering_no_orientering_goes_by_itself(
    reception: Reception, running: UUID
) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="mette", next_step=NaesteSkridt.BFU))
    confirm(running, WORDS, **reception.by("mette"))
    assert "orientering" not in [row.code for row in reception.rows(letters)]


def test_whoever_has_taken_part_has_handled_it_the_next_time(
    reception: Reception, asked: UUID
) -> None:
    confirm(asked, WORDS, **reception.by("mette"))
    third = reception.registered(made_post.eml(f"{TEXT} Atter.", message_id="<3@x>"))
    with pytest.raises(NotComplete):
        reception.save(third, replace(GOOD, fresh_eyes="mette"))
    reception.save(asked, replace(GOOD, fresh_eyes="mette", reason="Rettet."))
    assert by_whom(reception, asked) == ["mette"]


@pytest.mark.parametrize("words", ["", " \n"])
def test_a_confirmation_without_a_word_confirms_nothing(
    reception: Reception, asked: UUID, words: str
) -> None:
    with pytest.raises(WordsMissing):
        confirm(asked, words, **reception.by("mette"))
    assert reception.deadlines(asked)["UND-GENV"] == "aaben"


def test_nobody_confirms_for_another(reception: Reception, asked: UUID) -> None:
    for other in ("karen", "henrik"):
        with pytest.raises(NotAsked):
            confirm(asked, WORDS, **reception.by(other))
    with pytest.raises(NotYours):
        confirm(asked, WORDS, **reception.by("fie"))
    assert by_whom(reception, asked) == []


def test_paragraf_137_who_has_handled_the_case_meanwhile_is_not_new(
    reception: Reception, asked: UUID
) -> None:
    sag = reception.about(asked).sag_id
    assert sag is not None
    with reception.product.store.write(actor="mette", now=NOW) as work:
        sager.take_part(work.connection, sag, "mette", now=NOW)
    with pytest.raises(HasHandled) as no:
        confirm(asked, WORDS, **reception.by("mette"))
    assert "§ 137, stk. 1" in no.value.for_people()
    assert reception.deadlines(asked)["UND-GENV"] == "aaben"


def test_who_saves_and_is_new_has_taken_part_by_that(reception: Reception, running: UUID) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="karen"))
    assert reception.deadlines(running)["UND-GENV"] == "opfyldt"
    assert by_whom(reception, running) == ["karen"]
    reception.save(running, replace(GOOD, fresh_eyes="karen", reason="Rettet."))
    assert by_whom(reception, running) == ["karen"]


def test_a_no_goes_back_to_who_asked_until_another_is_asked(
    reception: Reception, asked: UUID
) -> None:
    decline(asked, "Jeg er på kursus.", **reception.by("mette"))
    assert waits(reception, "mette") == []
    assert waits(reception, "karen") == [(asked, Answer.DECLINED, "Mette Testgaard")]
    assert reception.deadlines(asked)["UND-GENV"] == "aaben"
    reception.town.now = NOW.replace(minute=50)
    ask(asked, "henrik", **reception.by("karen"))
    assert waits(reception, "karen") == []
    assert waits(reception, "henrik") == [(asked, Answer.ASKED, "Karen Demotoft")]


def test_the_one_who_is_asked_gives_it_on_and_is_asked_no_more(
    reception: Reception, asked: UUID
) -> None:
    reception.town.now = NOW.replace(minute=50)
    ask(asked, "henrik", **reception.by("mette"))
    assert {row.employee: row.state for row in reception.rows(table)} == {
        "mette": "givet_videre",
        "henrik": "spurgt",
    }
    with pytest.raises(NotAsked):
        confirm(asked, WORDS, **reception.by("mette"))
    confirm(asked, WORDS, **reception.by("henrik"))
    assert by_whom(reception, asked) == ["henrik"]


@pytest.mark.parametrize(
    ("who", "why"),
    [("anders", HasHandled), ("karen", HasHandled), ("fie", CannotOpen), ("adam", CannotOpen)],
)
def test_only_people_who_can_open_it_are_asked(
    reception: Reception, asked: UUID, who: str, why: type[Exception]
) -> None:
    with pytest.raises(why):
        ask(asked, who, **reception.by("karen"))


def test_a_relative_of_the_child_is_not_asked(reception: Reception, asked: UUID) -> None:
    child = reception.about(asked).child_id
    assert child is not None
    reception.town.block("henrik", child)
    with pytest.raises(CannotOpen):
        ask(asked, "henrik", **reception.by("karen"))


def test_a_correction_that_names_another_takes_the_question_back(
    reception: Reception, asked: UUID
) -> None:
    reception.town.now = NOW.replace(minute=50)
    reception.save(asked, replace(GOOD, fresh_eyes="henrik", reason="Rettet."))
    assert standing(reception, asked) == ("henrik", "spurgt")
    assert waits(reception, "mette") == []
    reception.save(asked, replace(GOOD, fresh_eyes="henrik", reason="Rettet igen."))
    assert len(reception.rows(table)) == 2
