"""Passing on, registering as something else, and letters ordered by themselves."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.intake import PostState
from dubu_plugin.domain.underretning import Henvendelse, Pligt
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import (
    frister,
    haendelser,
    letters,
    post_items,
    vurderinger,
)
from dubu_plugin.store.tables import sager as sager_table
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import NOW, TEXT, Reception
from dubu_plugin.usecases.dokument.order.orientering import Igangsat, NotForThisNotifier
from dubu_plugin.usecases.underretning import reregister as re_registering
from dubu_plugin.usecases.underretning.child_choice import UnknownChild
from dubu_plugin.usecases.underretning.hand_over import (
    NobodyThere,
    NotThatColleague,
    Receiver,
    hand_over,
    hand_to_on_call,
)
from dubu_plugin.usecases.underretning.kvittering import (
    AlreadyOrdered,
    NobodyToWriteTo,
    send_kvittering,
)
from dubu_plugin.usecases.underretning.orient_notifier import (
    NotAssessedYet,
    WithholdReasonMissing,
    orient_notifier,
    withhold_outcome,
)
from dubu_plugin.usecases.underretning.register_call import Call, register_call
from dubu_plugin.usecases.underretning.reregister import reregister

CALL = Call(
    form=UUID(int=1),
    received_at=NOW - timedelta(minutes=20),
    text="Naboen hører råb hver aften.",
    underretter="13",
    pligt=Pligt.ALLE,
    professional=False,
    notifier_name="Jytte Testlyng",
    concerns=("13",),
)


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


# -- passing on ------------------------------------------------------------------------------------


def test_the_on_call_unit_gets_it_with_its_clock(reception: Reception, alma: UUID) -> None:
    hand_to_on_call(alma, **reception.by())
    about = reception.about(alma)
    assert (about.unit, about.responsible) == ("doegnvagt", None)
    rows = reception.rows(frister, underretning_id=alma)
    assert {(row.unit, row.responsible) for row in rows} == {("doegnvagt", None)}
    happened = reception.rows(haendelser, type="underretning_givet_videre")[0]
    assert '"fra_enhed":"modtagelse"' in happened.data
    with pytest.raises(NotYours):
        hand_over(alma, Receiver(employee="mette"), **reception.by("anders"))


def test_who_has_the_case_has_it_still_when_it_is_given_on(
    reception: Reception, alma: UUID
) -> None:
    hand_to_on_call(alma, **reception.by())
    hand_over(alma, Receiver(employee="mette"), **reception.by())
    assert reception.about(alma).responsible == "mette"


def test_a_colleague_gets_it(reception: Reception, alma: UUID) -> None:
    hand_over(alma, Receiver(employee="mette"), **reception.by())
    assert reception.about(alma).responsible == "mette"
    assert reception.rows(frister, rule="UND-24T")[0].responsible == "mette"


@pytest.mark.parametrize(
    "to", [Receiver(unit="findes-ikke"), Receiver(employee="nobody"), Receiver()]
)
def test_nobody_gets_nothing(reception: Reception, alma: UUID, to: Receiver) -> None:
    with pytest.raises(NobodyThere):
        hand_over(alma, to, **reception.by())


def test_a_relative_of_the_child_does_not_get_it(reception: Reception, alma: UUID) -> None:
    child = reception.about(alma).child_id
    assert child is not None
    reception.town.block("mette", child)
    with pytest.raises(NotThatColleague):
        hand_over(alma, Receiver(employee="mette"), **reception.by())


def test_an_application_that_is_passed_on_leaves_the_queue(reception: Reception) -> None:
    number = reception.registered(
        made_post.eml("Jeg søger til Alma Testvad, 031216-4990.", subject="Ansøgning")
    )
    hand_over(number, Receiver(unit="nord"), **reception.by())
    assert reception.about(number).state == "fordelt"
    assert reception.rows(sager_table)[0].unit == "nord"


# -- it is something else --------------------------------------------------------------------------


def change(
    reception: Reception, number: UUID, to: Henvendelse, reason: str = "Nyhedsbrev."
) -> None:
    version = reception.about(number).version
    reregister(number, to, reason, version=version, **reception.by())


def test_what_is_no_underretning_loses_its_clocks_and_keeps_the_reason(
    reception: Reception, alma: UUID
) -> None:
    change(reception, alma, Henvendelse.ANDET)
    about = reception.about(alma)
    assert (about.state, about.andet_reason, about.closed_at) == ("andet", "Nyhedsbrev.", NOW)
    assert set(reception.deadlines(alma).values()) == {"bortfaldet"}
    assert reception.rows(post_items)[0].state == PostState.OTHER
    reception.deliver()
    notes = [note.body for one in reception.journal.folders.values() for note in one.notes]
    assert any("Nyhedsbrev." in body for body in notes)


def test_an_underretning_after_all_counts_from_when_it_came(
    reception: Reception, alma: UUID
) -> None:
    received = reception.about(alma).received_at
    change(reception, alma, Henvendelse.ANDET)
    reception.town.now = NOW + timedelta(hours=5)
    change(reception, alma, Henvendelse.UNDERRETNING, "Det var den alligevel.")
    about = reception.about(alma)
    assert (about.state, about.closed_at) == ("ny", None)
    open_rows = [row for row in reception.rows(frister, rule="UND-24T") if row.state == "aaben"]
    assert [row.due for row in open_rows] == [received + timedelta(hours=24)]


def test_an_application_taken_for_an_underretning_and_back(
    reception: Reception, alma: UUID
) -> None:
    change(reception, alma, Henvendelse.ANSOEGNING, "Mor søger støtte.")
    said = reception.deadlines(alma)
    assert {rule for rule, state in said.items() if state == "aaben"} == {
        "SCR", "LOKALFRIST",
    }, "it is answered, and not assessed within 24 hours"  # fmt: skip
    assert "ansoegning_modtaget" in reception.happened(alma)
    change(reception, alma, Henvendelse.UNDERRETNING, "Det er en underretning alligevel.")
    said = reception.deadlines(alma)
    assert {rule for rule, state in said.items() if state == "aaben"} == {"UND-24T", "UND-KVIT"}


def test_another_municipalitys_is_registered_as_theirs(reception: Reception, alma: UUID) -> None:
    change(reception, alma, Henvendelse.MELLEMKOMMUNAL, "Fra Demolev.")
    about = reception.about(alma)
    assert (about.pligt, about.underretter, about.professional) == ("132", "1", True)
    assert [
        row.state for row in reception.rows(frister, rule="UND-24T", underretning_id=alma)
    ].count("aaben") == 1


@pytest.mark.parametrize(
    ("to", "reason", "error"),
    [
        (Henvendelse.ANDET, "  ", re_registering.ReasonMissing),
        (Henvendelse.UNDERRETNING, "x", re_registering.SameAsBefore),
    ],
)
def test_a_change_without_reason_or_effect_is_refused(
    reception: Reception, alma: UUID, to: Henvendelse, reason: str, error: type[CaseworkError]
) -> None:
    with pytest.raises(error):
        change(reception, alma, to, reason)


def test_an_assessed_underretning_stays_one(reception: Reception, alma: UUID) -> None:
    reception.save(alma)
    with pytest.raises(re_registering.AssessedAlready):
        change(reception, alma, Henvendelse.ANDET)


# -- letters by themselves -------------------------------------------------------------------------


def test_the_kvittering_can_be_sent_before_the_assessment_and_only_once(
    reception: Reception, alma: UUID
) -> None:
    send_kvittering(alma, **reception.by())
    with pytest.raises(AlreadyOrdered):
        send_kvittering(alma, **reception.by())
    reception.save(alma, kvittering=True)
    assert [row.code for row in reception.rows(letters)].count("kvittering") == 1


def test_nobody_is_written_to_who_is_anonymous(reception: Reception) -> None:
    receipt = register_call(replace(CALL, anonymous=True), **reception.by())
    assert receipt.underretning is not None
    with pytest.raises(NobodyToWriteTo):
        send_kvittering(receipt.underretning, **reception.by())
    assert reception.rows(letters) == []


def test_the_outcome_of_a_screening_is_told_later(reception: Reception, alma: UUID) -> None:
    with pytest.raises(NotAssessedYet):
        orient_notifier(alma, (), **reception.by())
    reception.save(alma)
    orient_notifier(alma, (Igangsat.BFU,), **reception.by())
    with pytest.raises(AlreadyOrdered):
        orient_notifier(alma, (Igangsat.BFU,), **reception.by())
    reception.deliver()
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"


def test_a_neighbour_is_never_told(reception: Reception) -> None:
    receipt = register_call(replace(CALL, child=UnknownChild()), **reception.by())
    assert receipt.underretning is not None
    reception.save(receipt.underretning)
    with pytest.raises(NotForThisNotifier):
        orient_notifier(receipt.underretning, (), **reception.by())


def test_withholding_asks_for_the_reason_and_ends_the_duty(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma)
    with pytest.raises(WithholdReasonMissing):
        withhold_outcome(alma, " ", **reception.by())
    withhold_outcome(alma, "Skolelederen er familie.", **reception.by())
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"
    assert reception.rows(vurderinger)[0].withhold_reason == "Skolelederen er familie."
