"""The assessment as a caseworker saves it: what the law asks, what follows, and who was first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.cpr import NotACpr
from dubu_plugin.domain.intake import InTheFuture, PostState
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import Fare, Henvendelse, NaesteSkridt, Overgreb, Pligt
from dubu_plugin.domain.vurdering import Answers, NotComplete, Samtale
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import sager
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import (
    aarsager,
    letters,
    post_items,
    read_log,
    sagsdeltagere,
    vurderinger,
)
from dubu_plugin.store.tables import sager as sager_table
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import FIE
from dubu_plugin.testing.reception import NOW, Reception
from dubu_plugin.usecases.underretning.assess import (
    Assessed,
    Assessment,
    NotAnUnderretning,
    assess,
)
from dubu_plugin.usecases.underretning.child_choice import (
    ChildByCpr,
    DueMissing,
    DueTooFar,
    KnownChild,
    NameMissing,
    OwnFamily,
    UnbornChild,
    UnknownChild,
)
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.correct import Corrections, NotInUse
from dubu_plugin.usecases.underretning.saved_by_another import SavedByAnother

TEXT = "Prøvestrup Skole underretter om Alma Testvad, CPR 031216-4990. Stort fravær."
GOOD = Answers(
    fare=Fare.IKKE_AKUT,
    next_step=NaesteSkridt.SCREENING,
    reason="Alma er på skole, og farmor kan hente.",
    concerns=frozenset({"3", "14"}),
)


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


def save(
    reception: Reception,
    underretning: UUID,
    answers: Answers = GOOD,
    *,
    by: str = "karen",
    version: int | None = None,
    **more: Any,
) -> Assessed:
    return assess(
        underretning,
        Assessment(answers, **more),
        version=reception.about(underretning).version if version is None else version,
        product=reception.product,
        asker=reception.asker(by),
        now=reception.now,
    )


def test_the_assessment_stops_the_clock_and_moves_the_case(
    reception: Reception, alma: UUID
) -> None:
    done = save(reception, alma, kvittering=True)
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
    save(reception, alma, kvittering=True)
    reception.deliver()
    reception.deliver()
    assert reception.deadlines(alma)["UND-KVIT"] == "opfyldt"
    tray = reception.product.ports.outgoing
    assert len(tray.letters) == 1  # type: ignore[attr-defined]
    titles = sorted(one.meta.title for one in reception.documents())
    assert titles == ["24-timers vurdering", "Kvittering til underretter", "Underretning"]


def test_saving_again_sends_no_second_kvittering(reception: Reception, alma: UUID) -> None:
    save(reception, alma, kvittering=True)
    again = save(reception, alma, kvittering=True)
    assert again.kvittering is None
    assert [row.code for row in reception.rows(letters)].count("kvittering") == 1


def test_without_kvittering_its_clock_runs_on(reception: Reception, alma: UUID) -> None:
    assert save(reception, alma).kvittering is None
    assert reception.deadlines(alma)["UND-KVIT"] == "aaben"


def test_an_anonymous_notifier_gets_no_letter_and_the_duty_ends(
    reception: Reception, alma: UUID
) -> None:
    done = save(reception, alma, kvittering=True, corrections=Corrections(underretter="8"))
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
    done = save(reception, alma, answers, kvittering=True)
    assert done.orientering is not None
    reception.deliver()
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"


def test_after_a_screening_the_outcome_is_not_known_yet(reception: Reception, alma: UUID) -> None:
    assert save(reception, alma, kvittering=True).orientering is None
    assert reception.deadlines(alma)["UND-ORIENT"] == "aaben"


def test_special_circumstances_keep_the_outcome_from_the_notifier(
    reception: Reception, alma: UUID
) -> None:
    answers = replace(GOOD, next_step=NaesteSkridt.BFU)
    reason = "Skolelederen er barnets moster."
    done = save(reception, alma, answers, kvittering=True, withhold_reason=reason)
    assert done.orientering is None
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"
    assert reception.rows(vurderinger)[0].withhold_reason == reason


def test_a_private_person_is_never_told_the_outcome(reception: Reception, alma: UUID) -> None:
    corrections = Corrections(underretter="13", pligt=Pligt.ALLE, professional=False)
    answers = replace(GOOD, next_step=NaesteSkridt.BFU)
    done = save(reception, alma, answers, kvittering=True, corrections=corrections)
    assert done.orientering is None
    assert "UND-ORIENT" not in reception.deadlines(alma)


def test_an_incomplete_assessment_stores_nothing(reception: Reception, alma: UUID) -> None:
    with pytest.raises(NotComplete) as no:
        save(reception, alma, replace(GOOD, reason=" ", fare=None), kvittering=True)
    assert [one.field for one in no.value.problems] == ["fare", "begrundelse"]
    assert reception.rows(vurderinger) == reception.rows(letters) == []
    assert reception.about(alma).state == "ny"


def test_danger_and_what_is_done_are_recorded(reception: Reception, alma: UUID) -> None:
    answers = replace(
        GOOD, fare=Fare.AKUT, acute_action="Farmor henter nu.", next_step=NaesteSkridt.AKUT
    )
    save(reception, alma, answers)
    assert reception.rows(vurderinger)[0].acute_action == "Farmor henter nu."
    assert reception.rows(sager_table)[0].step == "akut"


def test_siblings_assessed_at_the_same_time_are_recorded(reception: Reception, alma: UUID) -> None:
    viggo = uuid4()
    save(reception, alma, siblings=(viggo,))
    assert reception.rows(vurderinger)[0].siblings == str(viggo)


def test_an_open_line_is_closed_by_who_assesses(reception: Reception) -> None:
    mail = made_post.eml(TEXT, attachments=[("x.pdf", "application/pdf", made_post.pdf())])
    underretning = reception.registered(mail)
    assert reception.rows(post_items)[0].state == PostState.WAITS
    save(reception, underretning)
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


@pytest.mark.parametrize("who", [None, "karen", "anders", "nobody"])
def test_support_asks_for_a_colleague_who_is_new(
    reception: Reception, running: UUID, who: str | None
) -> None:
    with pytest.raises(NotComplete) as no:
        save(reception, running, replace(GOOD, fresh_eyes=who))
    assert "§ 137, stk. 1" in no.value.for_people()


def test_the_new_colleague_is_recorded_and_has_then_handled_it(
    reception: Reception, running: UUID
) -> None:
    save(reception, running, replace(GOOD, fresh_eyes="mette"))
    assert reception.rows(vurderinger)[0].fresh_eyes == "mette"
    assert reception.deadlines(running)["UND-GENV"] == "opfyldt"
    assert "mette" in {row.employee for row in reception.rows(sagsdeltagere)}
    third = reception.registered(made_post.eml(f"{TEXT} Atter.", message_id="<3@x>"))
    with pytest.raises(NotComplete):
        save(reception, third, replace(GOOD, fresh_eyes="mette"))


def test_a_correction_keeps_the_colleague_who_was_new(reception: Reception, running: UUID) -> None:
    save(reception, running, replace(GOOD, fresh_eyes="mette"))
    save(reception, running, replace(GOOD, fresh_eyes="mette", reason="Rettet."))
    assert len(reception.rows(vurderinger)) == 2


def test_a_relative_of_the_child_is_no_fresh_eyes(reception: Reception, running: UUID) -> None:
    child = reception.about(running).child_id
    assert child is not None
    reception.town.block("mette", child)
    with pytest.raises(NotComplete) as no:
        save(reception, running, replace(GOOD, fresh_eyes="mette"))
    assert [one.field for one in no.value.problems] == ["nye_oejne"]


def test_a_case_that_is_further_on_stays_where_it_is(reception: Reception, running: UUID) -> None:
    sag = reception.about(running).sag_id
    assert sag is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        sager.change(work.connection, sag, step="indsats")
    save(reception, running, replace(GOOD, fresh_eyes="mette"))
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
def test_suspected_abuse_opens_and_meets_the_conversation(
    reception: Reception,
    alma: UUID,
    answers: dict[str, Any],
    deadline: str,
    happened: str | None,
) -> None:
    save(reception, alma, replace(GOOD, overgreb=Overgreb.FORAELDRE, **answers))
    assert reception.deadlines(alma)["UND-SAMTALE"] == deadline
    assert happened is None or happened in reception.happened(alma)
    assert reception.about(alma).overgreb == "foraeldre"


def test_a_planned_conversation_is_met_when_it_has_been_held(
    reception: Reception, alma: UUID
) -> None:
    planned = replace(
        GOOD,
        overgreb=Overgreb.ANDRE,
        conversation=Samtale.AFTALT,
        conversation_at=NOW + timedelta(hours=1),
    )
    save(reception, alma, planned)
    reception.town.now = NOW + timedelta(hours=2)
    save(reception, alma, replace(planned, conversation=Samtale.HOLDT))
    assert reception.deadlines(alma)["UND-SAMTALE"] == "opfyldt"


# -- the child -------------------------------------------------------------------------------------


@pytest.fixture
def nobody(reception: Reception) -> UUID:
    return reception.registered(made_post.eml("En dreng står alene ved bussen hver dag."))


def test_without_a_child_it_is_not_an_assessment(reception: Reception, nobody: UUID) -> None:
    with pytest.raises(NotComplete) as no:
        save(reception, nobody)
    assert [one.field for one in no.value.problems] == ["barn"]


def test_an_unknown_child_gets_a_case_without_a_number(reception: Reception, nobody: UUID) -> None:
    done = save(reception, nobody, child=UnknownChild("dreng, 5-6 år"), kvittering=True)
    reception.deliver()
    about = reception.about(nobody)
    assert about.child_state is ChildState.UNKNOWN
    assert about.sag_id == done.sag
    sag = reception.rows(sager_table)[0]
    assert sag.title == "Ukendt barn (dreng, 5-6 år)"
    assert sag.host_key is not None
    assert reception.deadlines(nobody)["UND-KVIT"] == "opfyldt"


def test_an_unborn_child_is_registered_on_its_mother(reception: Reception) -> None:
    text = "Den gravides navn Freja Prøvelund\nCPR 170203-4990\ntermin 28-09-2026"
    underretning = reception.registered(made_post.eml(text))
    choice = UnbornChild(date(2026, 9, 28), mother_cpr="170203-4990")
    save(reception, underretning, child=choice)
    reception.deliver()
    about = reception.about(underretning)
    assert about.child_state is ChildState.UNBORN
    folder = next(iter(reception.journal.folders.values()))
    party = folder.case.primary_party
    assert party is not None
    assert party.cpr is not None
    assert party.cpr.digits == "1702034990"
    with reception.product.store.read() as connection:
        from dubu_plugin.store import personer

        assert about.child_id is not None
        child = personer.by_id(connection, about.child_id)
        family = personer.family_of(connection, about.child_id)
    assert child is not None
    assert (child.name, child.due_date) == ("Ufødt barn af Freja Prøvelund", date(2026, 9, 28))
    assert {one.person.name for one in family} == {"Freja Prøvelund", "Helle Prøvelund"}


def test_a_second_underretning_on_the_unborn_child_joins_its_case(reception: Reception) -> None:
    choice = UnbornChild(date(2026, 9, 28), mother_cpr="170203-4990", mother_name="Freja Prøvelund")
    one = reception.registered(made_post.eml("Freja er gravid."))
    first = save(reception, one, child=choice)
    other = reception.registered(made_post.eml("Freja igen.", message_id="<2@x>"))
    later = replace(choice, due=date(2026, 10, 1))
    assert save(reception, other, child=later).sag == first.sag


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        (ChildByCpr("311399-1234", "Alma"), NotACpr),
        (ChildByCpr("12345", "Alma"), NotACpr),
        (ChildByCpr("140919-4990", ""), NameMissing),
        (UnbornChild(None, mother_cpr="170203-4990"), DueMissing),
        (UnbornChild(date(2029, 1, 2), mother_cpr="170203-4990"), DueTooFar),
        (UnbornChild(date(2020, 1, 2), mother_cpr="170203-4990"), DueTooFar),
        (UnbornChild(date(2026, 9, 28), mother_cpr="999999-0000"), NotACpr),
        (KnownChild(UUID(int=7)), NotYours),
    ],
)
def test_a_choice_that_lacks_something_says_what(
    reception: Reception, nobody: UUID, choice: Any, error: type[CaseworkError]
) -> None:
    with pytest.raises(error) as no:
        save(reception, nobody, child=choice)
    assert no.value.for_people().endswith(".")
    assert reception.about(nobody).child_id is None


def test_a_number_that_fails_the_check_is_a_warning_and_no_more(
    reception: Reception, nobody: UUID
) -> None:
    done = save(reception, nobody, child=ChildByCpr("140919-4990", "Selma Testkilde"))
    assert len(done.warnings) == 1
    assert "modulus 11" in done.warnings[0]
    assert "4990" not in done.warnings[0]


def test_a_typed_number_the_address_book_knows_becomes_that_person(
    reception: Reception, nobody: UUID
) -> None:
    save(reception, nobody, child=ChildByCpr("021221 4991", "V. Prøvesen"))
    reception.deliver()
    about = reception.about(nobody)
    assert about.child_id is not None
    with reception.product.store.read() as connection:
        from dubu_plugin.store import personer

        child = personer.by_id(connection, about.child_id)
    assert child is not None
    assert child.name == "Viggo Prøvesen"


def test_a_grown_up_chosen_as_the_child_is_a_warning(reception: Reception, nobody: UUID) -> None:
    done = save(reception, nobody, child=ChildByCpr("230388-1990", "Sanne Testvad"))
    assert any("fyldt 18" in one for one in done.warnings)


def test_nobody_assesses_their_own_family(reception: Reception, alma: UUID) -> None:
    child = reception.about(alma).child_id
    assert child is not None
    reception.town.block("karen", child)
    other = reception.registered(made_post.eml("En dreng.", message_id="<2@x>"))
    with pytest.raises(OwnFamily):
        save(reception, other, child=KnownChild(child))
    with pytest.raises(NotYours):
        save(reception, alma)


def test_the_wrong_child_can_be_put_right_and_the_wrong_case_is_told(
    reception: Reception, alma: UUID
) -> None:
    first = reception.about(alma).sag_id
    chosen = choose_child(
        alma,
        ChildByCpr("021221-4991", "Viggo Prøvesen"),
        version=reception.about(alma).version,
        product=reception.product,
        asker=reception.asker(),
        now=NOW,
    )
    reception.deliver()
    assert chosen.sag != first
    assert len(reception.documents()) == 2
    notes = [note.title for folder in reception.journal.folders.values() for note in folder.notes]
    assert "Underretning flyttet" in notes
    assert {row.person_id for row in reception.rows(_frister())} == {chosen.child}


def _frister() -> Any:
    from dubu_plugin.store.tables import frister

    return frister


# -- two at once, corrections, doors ---------------------------------------------------------------


def test_the_second_to_save_sees_what_the_first_wrote_and_loses_nothing(
    reception: Reception, alma: UUID
) -> None:
    version = reception.about(alma).version
    save(reception, alma, version=version, by="karen")
    with pytest.raises(SavedByAnother) as no:
        save(reception, alma, replace(GOOD, reason="Min tekst."), version=version, by="mette")
    theirs = no.value.theirs
    assert theirs.by == "karen"
    assert theirs.vurdering is not None
    assert theirs.vurdering.reason == GOOD.reason
    assert theirs.concerns == {"3", "14"}
    assert "Alma" not in f"{no.value} {no.value!r} {theirs!r}"
    assert "står her stadig" in no.value.for_people()
    save(reception, alma, replace(GOOD, reason="Begge."), version=theirs.underretning.version)
    assert [row.version for row in reception.rows(vurderinger)] == [1, 2]


def test_the_match_that_comes_while_somebody_types_is_no_conflict(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(TEXT))
    assert receipt.underretning is not None
    version = reception.about(receipt.underretning).version
    reception.deliver()
    save(reception, receipt.underretning, version=version)


def test_a_wrong_moment_of_receipt_is_put_right_and_moves_the_clocks(
    reception: Reception, alma: UUID
) -> None:
    right = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    save(reception, alma, corrections=Corrections(received_at=right))
    assert reception.about(alma).received_at == right
    rows = [row for row in reception.rows(_frister(), rule="UND-24T") if row.state != "afloest"]
    assert [row.due for row in rows] == [right + timedelta(hours=24)]


def test_a_moment_of_receipt_in_the_future_is_refused(reception: Reception, alma: UUID) -> None:
    with pytest.raises(InTheFuture):
        save(reception, alma, corrections=Corrections(received_at=NOW + timedelta(hours=1)))
    assert reception.rows(vurderinger) == []


def test_a_type_of_notifier_out_of_use_is_refused(reception: Reception, alma: UUID) -> None:
    with pytest.raises(NotInUse):
        save(reception, alma, corrections=Corrections(underretter="7"))


def test_an_application_is_not_assessed_within_24_hours(reception: Reception) -> None:
    underretning = reception.registered(
        made_post.eml("Jeg søger.", subject="Ansøgning"), henvendelse=Henvendelse.ANSOEGNING
    )
    with pytest.raises(NotAnUnderretning):
        save(reception, underretning)


def test_who_may_not_assess_is_refused_and_it_is_logged(reception: Reception, alma: UUID) -> None:
    with pytest.raises(NotYours):
        save(reception, alma, by=FIE)
    rows = reception.rows(read_log, employee=FIE)
    assert [(row.act, row.allowed) for row in rows] == [("vurder", False)]
    with pytest.raises(NotYours):
        save(reception, uuid4(), version=1)


def test_no_name_or_number_reaches_the_chain(reception: Reception, alma: UUID) -> None:
    from dubu_plugin.store.tables import haendelser

    save(reception, alma, kvittering=True, child=ChildByCpr("021221-4991", "Viggo Prøvesen"))
    reception.deliver()
    everything = " ".join(row.data for row in reception.rows(haendelser))
    for secret in ("Alma", "Viggo", "Testvad", "4990", "4991", "farmor", "skole@"):
        assert secret not in everything
