"""The assessment as a caseworker saves it: what the law asks, what follows, and who was first."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.intake import PostState
from dubu_plugin.domain.underretning import Fare, NaesteSkridt, Pligt
from dubu_plugin.domain.vurdering import NotComplete, Samtale
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import (
    aarsager,
    frister,
    letters,
    post_items,
    vurderinger,
)
from dubu_plugin.store.tables import sager as sager_table
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.correct import Corrections

FILED = "Underretning fra skolen, 2. marts 2026"


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


def test_paragraf_136_the_assessment_stops_the_clock_and_moves_the_case(
    reception: Reception, alma: UUID
) -> None:
    done = reception.save(alma, kvittering=True)
    about = reception.about(alma)
    assert about.state == "vurderet"
    assert about.responsible == "karen"
    assert reception.deadlines(alma)["UND-24T"] == "opfyldt"
    sag = reception.rows(sager_table)[0]
    assert (sag.step, sag.responsible) == ("screening", "karen")
    row = reception.rows(vurderinger)[0]
    assert (row.assessor, row.fare, row.next_step) == ("karen", "ikke_akut", "screening")
    assert {r.code: r.suggested for r in reception.rows(aarsager)} == {"3": False, "14": False}
    assert done.kvittering is not None
    assert {row.code for row in reception.rows(letters)} == {"kvittering", "vurdering"}


def test_the_kvittering_is_written_filed_and_sent_once(reception: Reception, alma: UUID) -> None:
    reception.save(alma, kvittering=True)
    reception.deliver()
    reception.deliver()
    assert reception.deadlines(alma)["UND-KVIT"] == "opfyldt"
    tray = reception.product.ports.outgoing
    assert len(tray.letters) == 1  # type: ignore[attr-defined]
    titles = sorted(one.meta.title for one in reception.documents())
    assert titles == ["24-timers vurdering", "Kvittering til underretter", FILED]


def test_the_paper_of_a_correction_is_told_from_the_first_by_its_title(
    reception: Reception, alma: UUID
) -> None:
    for days, minutes in ((0, 0), (1, 0), (0, 20)):
        reception.town.now += timedelta(days=days, minutes=minutes)
        reception.save(alma)
        reception.deliver()
    mine = [t for one in reception.documents() if (t := one.meta.title).startswith("24-timers")]
    assert mine == [
        "24-timers vurdering",
        "24-timers vurdering, rettet 3. marts",
        "24-timers vurdering, rettet 3. marts kl. 14.00",
    ]


def test_saving_again_sends_no_second_kvittering(reception: Reception, alma: UUID) -> None:
    reception.save(alma, kvittering=True)
    again = reception.save(alma, kvittering=True)
    assert again.kvittering is None
    assert [row.code for row in reception.rows(letters)].count("kvittering") == 1


def test_without_kvittering_its_clock_runs_on(reception: Reception, alma: UUID) -> None:
    assert reception.save(alma).kvittering is None
    assert reception.deadlines(alma)["UND-KVIT"] == "aaben"


def test_an_anonymous_notifier_gets_no_letter_and_the_duty_ends(
    reception: Reception, alma: UUID
) -> None:
    done = reception.save(alma, kvittering=True, corrections=Corrections(underretter="8"))
    assert done.kvittering is None
    about = reception.about(alma)
    assert about.anonymous
    assert about.notifier_name is None
    assert reception.deadlines(alma)["UND-KVIT"] == "opfyldt"
    assert "kvittering_udeladt" in reception.happened(alma)


def test_a_professional_is_told_the_outcome_when_it_is_known(
    reception: Reception, alma: UUID
) -> None:
    answers = replace(GOOD, next_step=NaesteSkridt.BFU)
    done = reception.save(alma, answers, kvittering=True)
    assert done.orientering is not None
    reception.deliver()
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"


def test_after_a_screening_the_outcome_is_not_known_yet(reception: Reception, alma: UUID) -> None:
    assert reception.save(alma, kvittering=True).orientering is None
    assert reception.deadlines(alma)["UND-ORIENT"] == "aaben"


def test_special_circumstances_keep_the_outcome_from_the_notifier(
    reception: Reception, alma: UUID
) -> None:
    answers = replace(GOOD, next_step=NaesteSkridt.BFU)
    reason = "Skolelederen er barnets moster."
    done = reception.save(alma, answers, kvittering=True, withhold_reason=reason)
    assert done.orientering is None
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"
    assert reception.rows(vurderinger)[0].withhold_reason == reason


def test_a_private_person_is_never_told_the_outcome(reception: Reception, alma: UUID) -> None:
    corrections = Corrections(underretter="13", pligt=Pligt.ALLE, professional=False)
    answers = replace(GOOD, next_step=NaesteSkridt.BFU)
    done = reception.save(alma, answers, kvittering=True, corrections=corrections)
    assert done.orientering is None
    assert "UND-ORIENT" not in reception.deadlines(alma)


def test_paragraf_136_an_incomplete_assessment_stores_nothing(
    reception: Reception, alma: UUID
) -> None:
    with pytest.raises(NotComplete) as no:
        reception.save(alma, replace(GOOD, reason=" ", fare=None), kvittering=True)
    assert [one.field for one in no.value.problems] == ["fare", "begrundelse"]
    assert reception.rows(vurderinger) == reception.rows(letters) == []
    assert reception.about(alma).state == "ny"


def test_danger_and_what_is_done_are_recorded(reception: Reception, alma: UUID) -> None:
    answers = replace(
        GOOD, fare=Fare.AKUT, acute_action="Farmor henter nu.", next_step=NaesteSkridt.AKUT
    )
    reception.save(alma, answers)
    assert reception.rows(vurderinger)[0].acute_action == "Farmor henter nu."
    assert reception.rows(sager_table)[0].step == "akut"


def test_siblings_assessed_at_the_same_time_are_recorded(reception: Reception, alma: UUID) -> None:
    viggo = uuid4()
    reception.save(alma, siblings=(viggo,))
    assert reception.rows(vurderinger)[0].siblings == str(viggo)


def test_an_open_line_is_closed_by_who_assesses(reception: Reception) -> None:
    mail = made_post.eml(TEXT, attachments=[("x.pdf", "application/pdf", made_post.pdf())])
    underretning = reception.registered(mail)
    assert reception.rows(post_items)[0].state == PostState.WAITS
    reception.save(underretning)
    assert reception.rows(post_items)[0].state == PostState.REGISTERED


# -- § 137 -----------------------------------------------------------------------------------------


@pytest.fixture
def running(reception: Reception, alma: UUID) -> UUID:
    """A second underretning on a child that gets support, on a case Anders has handled."""
    sag = reception.about(alma).sag_id
    assert sag is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        sager.change(work.connection, sag, has_indsats=True, responsible="anders")
        sager.take_part(work.connection, sag, "anders", now=NOW)
    return reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))


def test_a_running_case_opens_the_duty_of_fresh_eyes(reception: Reception, running: UUID) -> None:
    assert reception.deadlines(running)["UND-GENV"] == "aaben"


@pytest.mark.parametrize("who", [None, "anders", "nobody", "fie"])
def test_paragraf_137_support_asks_for_a_colleague_who_is_new(
    reception: Reception, running: UUID, who: str | None
) -> None:
    with pytest.raises(NotComplete) as no:
        reception.save(running, replace(GOOD, fresh_eyes=who))
    assert "§ 137, stk. 1" in no.value.for_people()


def test_a_correction_keeps_the_colleague_who_was_new(reception: Reception, running: UUID) -> None:
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    reception.save(running, replace(GOOD, fresh_eyes="mette", reason="Rettet."))
    assert len(reception.rows(vurderinger)) == 2


def test_a_relative_of_the_child_is_no_fresh_eyes(reception: Reception, running: UUID) -> None:
    child = reception.about(running).child_id
    assert child is not None
    reception.town.block("mette", child)
    with pytest.raises(NotComplete) as no:
        reception.save(running, replace(GOOD, fresh_eyes="mette"))
    assert [one.field for one in no.value.problems] == ["nye_oejne"]


def test_a_case_that_is_further_on_stays_where_it_is(reception: Reception, running: UUID) -> None:
    sag = reception.about(running).sag_id
    assert sag is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        sager.change(work.connection, sag, step="indsats")
    reception.save(running, replace(GOOD, fresh_eyes="mette"))
    assert reception.rows(sager_table)[0].step == "indsats"


@pytest.mark.parametrize(
    ("answers", "deadline", "happened"),
    [
        (
            {"conversation": Samtale.HOLDT, "conversation_at": NOW - timedelta(hours=1)},
            "opfyldt",
            "boernesamtale_holdt",
        ),
        (
            {"conversation": Samtale.UNDLADT, "conversation_reason": "Er 8 måneder."},
            "opfyldt",
            "boernesamtale_undladt",
        ),
        (
            {"conversation": Samtale.AFTALT, "conversation_at": NOW + timedelta(hours=20)},
            "aaben",
            None,
        ),
    ],
)
def test_paragraf_137_stk_3_suspected_abuse_opens_and_meets_the_conversation(
    reception: Reception,
    alma: UUID,
    answers: dict[str, Any],
    deadline: str,
    happened: str | None,
) -> None:
    reception.save(alma, replace(GOOD, suspicion=True, concerns={"18"}, **answers))
    assert reception.deadlines(alma)["UND-SAMTALE"] == deadline
    assert happened is None or happened in reception.happened(alma)
    assert reception.about(alma).overgreb == "foraeldre"


def test_an_agreed_conversation_is_when_the_duty_is_due_and_moves_with_it(
    reception: Reception, alma: UUID
) -> None:
    def due() -> datetime | None:
        rows = [one for one in reception.rows(frister) if one.rule == "UND-SAMTALE"]
        found: datetime | None = next(one.due for one in rows if one.state == "aaben")
        return found

    doubt = replace(GOOD, suspicion=True, concerns={"18"}, conversation=Samtale.AFTALT)
    for hours in (20, 44):
        at = NOW + timedelta(hours=hours)
        reception.save(alma, replace(doubt, conversation_at=at))
        assert due() == at


def test_a_planned_conversation_is_met_when_it_has_been_held(
    reception: Reception, alma: UUID
) -> None:
    planned = replace(
        GOOD,
        suspicion=True,
        concerns={"7"},
        conversation=Samtale.AFTALT,
        conversation_at=NOW + timedelta(hours=1),
    )
    reception.save(alma, planned)
    reception.town.now = NOW + timedelta(hours=2)
    reception.save(alma, replace(planned, conversation=Samtale.HOLDT))
    assert reception.deadlines(alma)["UND-SAMTALE"] == "opfyldt"


def test_the_host_is_told_who_took_the_case(reception: Reception, alma: UUID) -> None:
    reception.deliver()
    reception.save(alma)
    reception.deliver()
    (folder,) = reception.product.ports.journal.folders.values()  # type: ignore[attr-defined]
    assert folder.case.responsible == "karen"
