"""An underretning about a child that is not born: nobody can be talked with before birth."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.domain.vurdering import NotComplete, Samtale
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import births, personer
from dubu_plugin.store.tables import frister, haendelser, letters, sager
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import FREJA, GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.sag.close_case import close_case
from dubu_plugin.usecases.underretning.child_choice import KnownChild, UnbornChild
from dubu_plugin.usecases.underretning.register_call import Call, register_call

EXPECTED = UnbornChild(date(2026, 9, 28), mother_cpr=FREJA, mother_name="Freja Prøvelund")
DOUBT = replace(GOOD, suspicion=True, concerns={"18"})
AGREED = replace(
    DOUBT, conversation=Samtale.AFTALT, conversation_at=datetime(2026, 3, 4, 9, tzinfo=UTC)
)
AFTER_BIRTH = datetime(2026, 10, 6, 9, tzinfo=UTC)


@pytest.fixture
def freja(reception: Reception) -> UUID:
    return reception.registered(made_post.eml("Freja er gravid og bliver slået."))


def talk_owed(reception: Reception, underretning: UUID) -> str | None:
    return reception.deadlines(underretning).get("UND-SAMTALE")


def born(reception: Reception, underretning: UUID) -> None:
    reception.town.now = AFTER_BIRTH
    child = reception.about(underretning).child_id
    assert child is not None
    with reception.product.store.write(actor="system", now=reception.now) as work:
        births.born(
            work.connection, child, name="Vilma Prøvelund", host_key=None, cpr=None,
            born=date(2026, 10, 1),
        )  # fmt: skip


def again(reception: Reception, text: str, due: date) -> UUID:
    """Let something come in about a child Freja expects in 2028, and choose it."""
    reception.town.now = datetime(2028, 2, 1, 9, tzinfo=UTC)
    new = reception.registered(
        made_post.eml(
            text,
            message_id="<anden@example>",
            date="Tue, 01 Feb 2028 09:14:00 +0100",
            received="from a by b; Tue, 01 Feb 2028 09:14:00 +0100",
        )
    )
    reception.save(new, child=replace(EXPECTED, due=due))
    return new


def test_136_a_second_pregnancy_is_not_put_on_the_first_childs_case(
    reception: Reception, freja: UUID
) -> None:
    first = reception.save(freja, child=EXPECTED)
    reception.deliver()
    close_case(first.sag, "Familien ville ikke have hjælp.", **reception.by())
    new = again(reception, "Freja er gravid igen.", date(2028, 6, 1))
    reception.deliver()
    old, young = reception.about(freja), reception.about(new)
    assert old.child_id is not None
    assert young.child_id is not None
    assert (old.child_id == young.child_id, old.sag_id == young.sag_id) == (False, False)
    with reception.product.store.read() as connection:
        kept = [personer.by_id(connection, one) for one in (old.child_id, young.child_id)]
        family = {one.person.id: one.tie for one in personer.family_of(connection, young.child_id)}
    assert [one.due_date for one in kept if one] == [EXPECTED.due, date(2028, 6, 1)]
    assert family[old.child_id] is Tie.SIBLING
    (closed,) = reception.rows(sager, id=first.sag)
    assert closed.phase == "closed"


def test_136_another_word_of_the_same_pregnancy_is_the_same_child(
    reception: Reception, freja: UUID
) -> None:
    reception.save(freja, child=EXPECTED)
    also = reception.registered(made_post.eml("Om Frejas barn.", message_id="<to@example>"))
    reception.save(also, child=replace(EXPECTED, due=date(2026, 10, 12)))
    assert reception.about(also).child_id == reception.about(freja).child_id


def test_136_a_due_date_put_right_on_the_same_underretning_is_the_same_child(
    reception: Reception, freja: UUID
) -> None:
    reception.save(freja, child=EXPECTED)
    before = reception.about(freja)
    reception.save(freja, child=replace(EXPECTED, due=date(2026, 12, 14)))
    after = reception.about(freja)
    assert (after.child_id, after.sag_id) == (before.child_id, before.sag_id)


def test_137_no_talk_is_asked_for_before_birth_and_none_is_owed(
    reception: Reception, freja: UUID
) -> None:
    reception.save(freja, DOUBT, child=EXPECTED)
    assert talk_owed(reception, freja) is None
    assert "BFU-MIST" not in reception.deadlines(freja)


def test_137_a_talk_typed_before_the_child_was_chosen_is_not_stored(
    reception: Reception, freja: UUID
) -> None:
    reception.save(freja, AGREED, child=EXPECTED)
    with reception.product.store.read() as connection:
        stored = underretninger.vurdering_of(connection, freja)
    assert stored is not None
    assert (stored.conversation, stored.conversation_at) == (Samtale.IKKE_AKTUEL, None)
    assert talk_owed(reception, freja) is None


def test_137_the_paper_says_that_the_child_was_not_born(reception: Reception, freja: UUID) -> None:
    reception.save(freja, DOUBT, child=EXPECTED)
    papers = [row.values for row in reception.rows(letters) if row.code == "vurdering"]
    assert "Barnet var ikke født" in papers[-1]
    assert "Der er ikke mistanke" not in papers[-1]


def test_137_a_born_child_put_right_to_an_unborn_one_is_owed_no_talk_and_back_again(
    reception: Reception,
) -> None:
    underretning = reception.registered(made_post.eml(TEXT))
    alma = reception.about(underretning).child_id
    assert alma is not None
    reception.save(underretning, AGREED)
    assert talk_owed(reception, underretning) == "aaben"
    reception.save(underretning, DOUBT, child=EXPECTED)
    assert talk_owed(reception, underretning) == "bortfaldet"
    with pytest.raises(NotComplete) as no:
        reception.save(underretning, DOUBT, child=KnownChild(alma))
    assert [one.field for one in no.value.problems] == ["samtale"]
    reception.save(underretning, AGREED, child=KnownChild(alma))
    open_now = [
        row.due
        for row in reception.rows(frister, underretning_id=underretning, state="aaben")
        if row.rule == "UND-SAMTALE"
    ]
    assert open_now == [AGREED.conversation_at]


def test_137_a_talk_held_with_the_wrong_child_is_not_told_of_the_unborn_one(
    reception: Reception,
) -> None:
    underretning = reception.registered(made_post.eml(TEXT))
    wrong = reception.about(underretning).sag_id
    reception.save(
        underretning, replace(DOUBT, conversation=Samtale.HOLDT, conversation_at=reception.now)
    )
    reception.save(underretning, DOUBT, child=EXPECTED)
    told = [row.type for row in reception.rows(haendelser, sag_id=wrong)]
    assert Haendelse.HAENDELSE_TILBAGETAGET in told


def test_137_a_correction_after_birth_does_not_ask_for_the_talk_that_was_never_owed(
    reception: Reception, freja: UUID
) -> None:
    reception.save(freja, DOUBT, child=EXPECTED)
    born(reception, freja)
    reception.save(freja, replace(DOUBT, reason="Kæresten er flyttet ud."))
    assert talk_owed(reception, freja) is None


def test_26_a_correction_after_birth_leaves_the_undersoegelse_of_the_parents_theirs(
    reception: Reception, freja: UUID
) -> None:
    decided = replace(GOOD, next_step=NaesteSkridt.BFU)
    reception.save(freja, decided, child=EXPECTED)
    born(reception, freja)
    reception.save(freja, replace(decided, reason="Kæresten er flyttet ud."))
    told = reception.happened(freja)
    assert told.count(Haendelse.UNDERSOEGELSE_BESLUTTET) == 1
    papers = [row.values for row in reception.rows(letters) if row.code == "vurdering"]
    assert all("§ 26" in paper.replace("\N{NO-BREAK SPACE}", " ") for paper in papers)


def test_24_a_suspicion_before_birth_is_not_laid_aside_and_names_the_right_paragraph(
    reception: Reception, freja: UUID
) -> None:
    with pytest.raises(NotComplete) as no:
        reception.save(freja, replace(DOUBT, next_step=NaesteSkridt.INTET), child=EXPECTED)
    (problem,) = no.value.problems
    assert (problem.field, "§ 24" in problem.danish, "§ 20" in problem.danish) == (
        "naeste", True, False,
    )  # fmt: skip


def test_137_a_call_about_an_unborn_child_opens_no_talk(reception: Reception) -> None:
    call = Call(
        text="Freja er gravid og bliver slået.",
        received_at=NOW,
        form=uuid4(),
        underretter="9",
        concerns=("18",),
        child=EXPECTED,
    )
    receipt = register_call(call, **reception.by())
    assert receipt.underretning is not None
    assert talk_owed(reception, receipt.underretning) is None
