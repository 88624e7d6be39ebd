"""Phone calls, passing on, registering as something else, open lines, and the nightly proof."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.intake import InTheFuture, PostState, Status
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import Fare, Henvendelse, NaesteSkridt, Pligt
from dubu_plugin.domain.vurdering import Answers
from dubu_plugin.errors import CaseworkError, Unreachable
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import (
    frister,
    haendelser,
    letters,
    post_items,
    underretninger,
    vurderinger,
)
from dubu_plugin.store.tables import sager as sager_table
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import ADAM, FIE
from dubu_plugin.testing.reception import NOW, Reception
from dubu_plugin.usecases.dokument.order_orientering import Igangsat, NotForThisNotifier
from dubu_plugin.usecases.underretning import reregister as re_registering
from dubu_plugin.usecases.underretning.assess import Assessment, assess
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr, UnknownChild
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
from dubu_plugin.usecases.underretning.reconcile import reconcile
from dubu_plugin.usecases.underretning.register_call import Call, TextMissing, register_call
from dubu_plugin.usecases.underretning.reregister import reregister
from dubu_plugin.usecases.underretning.settle import NotOpen, line_is_seen, settle_post

TEXT = "Prøvestrup Skole underretter om Alma Testvad, CPR 031216-4990. Stort fravær."
GOOD = Answers(
    Fare.IKKE_AKUT, NaesteSkridt.SCREENING, "Alma er på skole.", concerns=frozenset({"3"})
)


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


def by(reception: Reception, who: str = "karen") -> dict[str, Any]:
    return {"product": reception.product, "asker": reception.asker(who), "now": reception.now}


def assessed(reception: Reception, underretning: UUID, **more: Any) -> None:
    version = reception.about(underretning).version
    assess(underretning, Assessment(GOOD, **more), version=version, **by(reception))


# -- the phone -------------------------------------------------------------------------------------

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


def test_a_phone_call_is_an_underretning_with_its_clocks(reception: Reception) -> None:
    receipt = register_call(CALL, **by(reception))
    assert receipt.status is Status.REGISTERED
    assert receipt.underretning is not None
    about = reception.about(receipt.underretning)
    assert (about.channel, about.responsible) == (Channel.PHONE, "karen")
    assert about.received_at == CALL.received_at
    post = reception.rows(post_items)[0]
    assert reception.product.blobs.read(post.sha256).decode() == f"{CALL.text}\n"
    assert reception.deadlines(about.id) == {"UND-24T": "aaben", "UND-KVIT": "aaben"}
    assert reception.rows(frister, rule="UND-24T")[0].responsible == "karen"


def test_a_form_saved_twice_registers_once(reception: Reception) -> None:
    first = register_call(CALL, **by(reception))
    again = register_call(CALL, **by(reception))
    assert (again.status, again.underretning) == (Status.DUPLICATE, first.underretning)
    other = register_call(replace(CALL, form=UUID(int=2)), **by(reception))
    assert other.underretning != first.underretning


def test_two_calls_in_the_same_words_are_two(reception: Reception) -> None:
    register_call(CALL, **by(reception))
    register_call(replace(CALL, form=uuid4()), **by(reception))
    assert len(reception.rows(underretninger)) == 2


def test_abuse_told_in_the_telephone_makes_the_conversation_due(reception: Reception) -> None:
    receipt = register_call(replace(CALL, concerns=("18",)), **by(reception))
    assert receipt.underretning is not None
    assert reception.deadlines(receipt.underretning)["UND-SAMTALE"] == "aaben"


def test_the_child_may_be_said_at_once(reception: Reception) -> None:
    receipt = register_call(
        replace(CALL, child=ChildByCpr("031216-4990", "Alma Testvad")), **by(reception)
    )
    reception.deliver()
    assert receipt.underretning is not None
    assert "modulus 11" in receipt.message
    assert reception.about(receipt.underretning).child_state is ChildState.FOUND
    assert [one.meta.title for one in reception.documents()] == ["Underretning"]


def test_an_anonymous_caller_leaves_no_name(reception: Reception) -> None:
    receipt = register_call(
        replace(CALL, anonymous=True, notifier_address="Testvej 3"), **by(reception)
    )
    assert receipt.underretning is not None
    about = reception.about(receipt.underretning)
    assert (about.notifier_name, about.notifier_address) == (None, None)


@pytest.mark.parametrize("kind", [Henvendelse.ANSOEGNING, Henvendelse.MELLEMKOMMUNAL])
def test_other_kinds_go_through_the_same_form(reception: Reception, kind: Henvendelse) -> None:
    receipt = register_call(
        replace(CALL, henvendelse=kind, channel=Channel.LETTER), **by(reception)
    )
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).henvendelse is kind
    assert ("UND-24T" in reception.deadlines(receipt.underretning)) is (
        kind is Henvendelse.MELLEMKOMMUNAL
    )


def test_a_call_without_words_or_from_tomorrow_is_refused(reception: Reception) -> None:
    with pytest.raises(TextMissing):
        register_call(replace(CALL, text=" \n"), **by(reception))
    with pytest.raises(InTheFuture):
        register_call(replace(CALL, received_at=NOW + timedelta(hours=2)), **by(reception))
    assert reception.rows(post_items) == []


@pytest.mark.parametrize("who", [ADAM, FIE])
def test_who_registers_nothing_registers_no_call(reception: Reception, who: str) -> None:
    with pytest.raises(NotYours):
        register_call(CALL, **by(reception, who))


# -- passing on ------------------------------------------------------------------------------------


def test_the_on_call_unit_gets_it_with_its_clock(reception: Reception, alma: UUID) -> None:
    hand_to_on_call(alma, **by(reception))
    about = reception.about(alma)
    assert (about.unit, about.responsible) == ("doegnvagt", None)
    rows = reception.rows(frister, underretning_id=alma)
    assert {(row.unit, row.responsible) for row in rows} == {("doegnvagt", None)}
    happened = reception.rows(haendelser, type="underretning_givet_videre")[0]
    assert '"fra_enhed":"modtagelse"' in happened.data
    with pytest.raises(NotYours):
        hand_over(alma, Receiver(employee="mette"), **by(reception))


def test_a_colleague_gets_it(reception: Reception, alma: UUID) -> None:
    hand_over(alma, Receiver(employee="mette"), **by(reception))
    assert reception.about(alma).responsible == "mette"
    assert reception.rows(frister, rule="UND-24T")[0].responsible == "mette"


@pytest.mark.parametrize(
    "to", [Receiver(unit="findes-ikke"), Receiver(employee="nobody"), Receiver()]
)
def test_nobody_gets_nothing(reception: Reception, alma: UUID, to: Receiver) -> None:
    with pytest.raises(NobodyThere):
        hand_over(alma, to, **by(reception))


def test_a_relative_of_the_child_does_not_get_it(reception: Reception, alma: UUID) -> None:
    child = reception.about(alma).child_id
    assert child is not None
    reception.town.block("mette", child)
    with pytest.raises(NotThatColleague):
        hand_over(alma, Receiver(employee="mette"), **by(reception))


def test_an_application_that_is_passed_on_leaves_the_queue(reception: Reception) -> None:
    number = reception.registered(
        made_post.eml("Jeg søger til Alma Testvad, 031216-4990.", subject="Ansøgning")
    )
    hand_over(number, Receiver(unit="nord"), **by(reception))
    assert reception.about(number).state == "fordelt"
    assert reception.rows(sager_table)[0].unit == "nord"


# -- it is something else --------------------------------------------------------------------------


def change(
    reception: Reception, number: UUID, to: Henvendelse, reason: str = "Nyhedsbrev."
) -> None:
    version = reception.about(number).version
    reregister(number, to, reason, version=version, **by(reception))


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
    assert "aaben" not in reception.deadlines(alma).values()
    assert "ansoegning_modtaget" in reception.happened(alma)


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
    assessed(reception, alma)
    with pytest.raises(re_registering.AssessedAlready):
        change(reception, alma, Henvendelse.ANDET)


# -- letters by themselves -------------------------------------------------------------------------


def test_the_kvittering_can_be_sent_before_the_assessment_and_only_once(
    reception: Reception, alma: UUID
) -> None:
    send_kvittering(alma, **by(reception))
    with pytest.raises(AlreadyOrdered):
        send_kvittering(alma, **by(reception))
    assessed(reception, alma, kvittering=True)
    assert [row.code for row in reception.rows(letters)].count("kvittering") == 1


def test_nobody_is_written_to_who_is_anonymous(reception: Reception) -> None:
    receipt = register_call(replace(CALL, anonymous=True), **by(reception))
    assert receipt.underretning is not None
    with pytest.raises(NobodyToWriteTo):
        send_kvittering(receipt.underretning, **by(reception))
    assert reception.rows(letters) == []


def test_the_outcome_of_a_screening_is_told_later(reception: Reception, alma: UUID) -> None:
    with pytest.raises(NotAssessedYet):
        orient_notifier(alma, (), **by(reception))
    assessed(reception, alma)
    orient_notifier(alma, (Igangsat.BFU,), **by(reception))
    with pytest.raises(AlreadyOrdered):
        orient_notifier(alma, (Igangsat.BFU,), **by(reception))
    reception.deliver()
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"


def test_a_neighbour_is_never_told(reception: Reception) -> None:
    receipt = register_call(replace(CALL, child=UnknownChild()), **by(reception))
    assert receipt.underretning is not None
    assessed(reception, receipt.underretning)
    with pytest.raises(NotForThisNotifier):
        orient_notifier(receipt.underretning, (), **by(reception))


def test_withholding_asks_for_the_reason_and_ends_the_duty(
    reception: Reception, alma: UUID
) -> None:
    assessed(reception, alma)
    with pytest.raises(WithholdReasonMissing):
        withhold_outcome(alma, " ", **by(reception))
    withhold_outcome(alma, "Skolelederen er familie.", **by(reception))
    assert reception.deadlines(alma)["UND-ORIENT"] == "opfyldt"
    assert reception.rows(vurderinger)[0].withhold_reason == "Skolelederen er familie."


# -- open lines ------------------------------------------------------------------------------------


def test_a_line_is_closed_once_it_is_seen(reception: Reception) -> None:
    number = reception.registered(
        made_post.eml(TEXT, attachments=[("x.pdf", "application/pdf", made_post.pdf())])
    )
    line_is_seen(number, **by(reception))
    assert reception.rows(post_items)[0].state == PostState.REGISTERED
    with pytest.raises(NotOpen):
        line_is_seen(number, **by(reception))


def test_an_automatic_reply_can_turn_out_to_be_an_underretning(reception: Reception) -> None:
    mail = made_post.eml(TEXT, headers={"Auto-Submitted": "auto-replied"})
    receipt = reception.receive(mail)
    assert receipt.post is not None
    number = settle_post(receipt.post, Henvendelse.UNDERRETNING, **by(reception))
    assert number is not None
    reception.deliver()
    about = reception.about(number)
    assert "Alma" in about.text
    assert about.child_state is ChildState.FOUND
    assert "UND-24T" in reception.deadlines(number)
    with pytest.raises(NotOpen):
        settle_post(receipt.post, Henvendelse.ANDET, **by(reception))


def test_a_line_can_be_nothing(reception: Reception) -> None:
    receipt = reception.receive(made_post.PROGRAM, "x.exe", host_key="post-1")
    assert receipt.post is not None
    assert settle_post(receipt.post, Henvendelse.ANDET, **by(reception)) is None
    assert reception.rows(post_items)[0].state == PostState.OTHER


# -- the proof -------------------------------------------------------------------------------------


def prove(reception: Reception) -> Any:
    return reconcile(reception.product, reception.now)


def test_everything_the_host_received_is_accounted_for(reception: Reception) -> None:
    reception.mailbox.put(made_post.eml(TEXT))
    reception.mailbox.put(made_post.eml("Jeg søger.", subject="Ansøgning", message_id="<2@x>"))
    reception.mailbox.put(made_post.PROGRAM, filename="x.exe")
    reception.mailbox.put(made_post.eml(TEXT))
    reception.mailbox.put(made_post.eml("", message_id="<5@x>"))
    proof = prove(reception)
    assert proof.holds
    assert (proof.received, proof.known, len(proof.taken_in)) == (5, 0, 5)
    assert (proof.underretninger, proof.other_registered, proof.open_lines) == (1, 1, 2)
    again = prove(reception)
    assert again.holds
    assert (again.received, again.known, again.taken_in) == (5, 5, [])
    assert again.items == 4, "the same mail twice is one item"


def test_what_was_missing_counts_from_when_the_host_received_it(reception: Reception) -> None:
    at = NOW - timedelta(hours=30)
    reception.mailbox.put(made_post.eml(TEXT), at=at)
    prove(reception)
    row = reception.rows(frister, rule="UND-24T")[0]
    assert row.due == at + timedelta(hours=24)


def test_an_item_that_cannot_be_opened_breaks_the_proof(reception: Reception) -> None:
    key = reception.mailbox.put(made_post.eml(TEXT))
    reception.mailbox.unreadable.add(key)
    proof = prove(reception)
    assert not proof.holds
    assert proof.not_taken == [key]


def test_an_item_that_is_nowhere_breaks_the_proof(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(TEXT))
    with reception.product.store.write(actor="system", now=NOW) as work:
        work.connection.execute(
            sa.update(post_items).values(underretning_id=None, state=PostState.NEW)
        )
    proof = prove(reception)
    assert not proof.holds
    assert proof.unaccounted == [receipt.post]


def test_an_original_that_is_gone_from_the_disk_breaks_the_proof(reception: Reception) -> None:
    reception.mailbox.put(made_post.eml(TEXT))
    prove(reception)
    for file in reception.product.blobs.folder.rglob("*"):
        if file.is_file():
            file.unlink()
    assert not prove(reception).holds


def test_a_host_that_does_not_answer_proves_nothing(reception: Reception) -> None:
    reception.mailbox.down = True
    with pytest.raises(Unreachable):
        prove(reception)
