"""Two people, or one person twice, at the same moment: the second sees the first, nothing is lost.

Each has a connection of their own, as two processes have.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.intake import Status
from dubu_plugin.domain.underretning import Henvendelse, NaesteSkridt
from dubu_plugin.store import drafts
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import drafts as drafts_table
from dubu_plugin.store.tables import (
    frister,
    haendelser,
    letters,
    personer,
    sager,
    underretninger,
    vurderinger,
)
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.assess import Assessment, assess
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.hand_over import GivenMeanwhile, Receiver, hand_over
from dubu_plugin.usecases.underretning.kvittering import AlreadyOrdered
from dubu_plugin.usecases.underretning.orient_notifier import (
    Withheld,
    orient_notifier,
    withhold_outcome,
)
from dubu_plugin.usecases.underretning.register_call import Call, register_call
from dubu_plugin.usecases.underretning.reregister import reregister
from dubu_plugin.usecases.underretning.saved_by_another import SavedByAnother

Act = Callable[[dict[str, Any]], Any]


@pytest.fixture
def it(on_every_database: Reception) -> Reception:
    return on_every_database


@pytest.fixture
def alma(it: Reception) -> UUID:
    return it.registered(made_post.eml(TEXT))


def at_once(it: Reception, *acts: tuple[str, Act]) -> list[Any]:
    """Do the acts, each by somebody on a connection of their own, and return what came of them."""
    came: list[Any] = [None] * len(acts)
    ready = threading.Barrier(len(acts))
    url = it.product.store.engine.url.render_as_string(hide_password=False)

    def run(place: int, who: str, act: Act) -> None:
        store = Store.connect(url, it.product.store.rules)
        given = it.by(who) | {"product": replace(it.product, store=store)}
        ready.wait(20)
        try:
            came[place] = act(given)
        except Exception as no:
            came[place] = no
        finally:
            store.close()

    threads = [
        threading.Thread(target=run, args=(place, who, act))
        for place, (who, act) in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def of(came: list[Any], kind: type[BaseException]) -> list[Any]:
    return [one for one in came if isinstance(one, kind)]


def test_two_assess_the_same(it: Reception, alma: UUID) -> None:
    version = it.about(alma).version

    def saying(reason: str) -> Act:
        given = Assessment(replace(GOOD, reason=reason))
        return lambda by: assess(alma, given, version=version, **by)

    came = at_once(it, ("karen", saying("Karens grund.")), ("mette", saying("Mettes grund.")))
    (late,) = of(came, SavedByAnother)
    (stored,) = it.rows(vurderinger)
    assert late.theirs.vurdering.reason == stored.reason
    assert late.theirs.by == stored.assessor


def test_the_same_save_sent_twice_is_one_save(it: Reception, alma: UUID) -> None:
    version = it.about(alma).version
    given = Assessment(GOOD, kvittering=True)

    def save(by: dict[str, Any]) -> Any:
        return assess(alma, given, version=version, **by)

    one, two = at_once(it, ("karen", save), ("karen", save))
    assert (one.sag, one.version) == (two.sag, two.version)
    assert len(it.rows(vurderinger)) == 1
    assert len(it.rows(letters, code="kvittering")) == 1
    assert it.happened(alma).count("underretning_vurderet") == 1


@pytest.mark.parametrize(
    "later",
    [
        Assessment(replace(GOOD, reason="En anden grund.")),
        Assessment(replace(GOOD, concerns=frozenset({"3"}))),
        Assessment(replace(GOOD, next_step=NaesteSkridt.BFU)),
        Assessment(GOOD, kvittering=True),
        Assessment(GOOD, withhold_reason="Særlige forhold."),
    ],
)
def test_what_differs_in_the_least_is_no_save_sent_twice(
    it: Reception, alma: UUID, later: Assessment
) -> None:
    version = it.about(alma).version
    it.save(alma)
    with pytest.raises(SavedByAnother):
        assess(alma, later, version=version, **it.by())


def test_the_same_form_registered_twice_is_one(it: Reception) -> None:
    call = Call(form=uuid4(), received_at=NOW, text="Naboen hører råb.")
    came = at_once(
        it,
        ("karen", lambda by: register_call(call, **by)),
        ("karen", lambda by: register_call(call, **by)),
    )
    assert {one.status for one in came} == {Status.REGISTERED, Status.DUPLICATE}
    assert len({one.underretning for one in came}) == 1
    assert len(it.rows(underretninger)) == 1


def test_two_take_the_same_one_and_the_second_is_told(it: Reception, alma: UUID) -> None:
    had = Receiver(it.about(alma).unit, None)

    def take(who: str) -> tuple[str, Act]:
        return who, lambda by: hand_over(alma, Receiver(employee=who), had=had, **by)

    came = at_once(it, take("karen"), take("mette"))
    assert len(of(came, GivenMeanwhile)) == 1
    winner = it.about(alma).responsible
    assert {row.responsible for row in it.rows(frister, underretning_id=alma)} == {winner}
    with it.product.store.read():
        (sag,) = it.rows(sager)
    assert sag.responsible == winner


def test_the_same_one_given_twice_is_given_once(it: Reception, alma: UUID) -> None:
    def give(by: dict[str, Any]) -> None:
        hand_over(alma, Receiver(employee="mette"), **by)

    assert at_once(it, ("karen", give), ("karen", give)) == [None, None]
    assert it.happened(alma).count("underretning_givet_videre") == 1
    it.deliver()
    assert it.told()["change_case"] == ["udfoert"]


def test_giving_on_and_assessing_at_once_lose_neither(it: Reception, alma: UUID) -> None:
    version = it.about(alma).version
    came = at_once(
        it,
        ("karen", lambda by: assess(alma, Assessment(GOOD), version=version, **by)),
        ("karen", lambda by: hand_over(alma, Receiver(employee="mette"), **by)),
    )
    assert of(came, Exception) == []
    about = it.about(alma)
    assert (about.state, about.responsible) == ("vurderet", "mette")
    rows = it.rows(frister, underretning_id=alma, state="aaben")
    assert {row.responsible for row in rows} == {"mette"}


def test_two_underretninger_put_on_the_same_new_child_share_one_case(it: Reception) -> None:
    numbers = [
        it.registered(made_post.eml(f"En dreng, nummer {one}.", message_id=f"<{one}@x>"))
        for one in range(2)
    ]
    choice = ChildByCpr("170716-4004", "Ella Prøvelund")

    def put(number: UUID) -> Act:
        return lambda by: choose_child(number, choice, version=1, **by)

    came = at_once(it, ("karen", put(numbers[0])), ("mette", put(numbers[1])))
    assert of(came, Exception) == []
    assert len({one.sag for one in came}) == len({one.child for one in came}) == 1
    assert len(it.rows(sager)) == 1
    assert len(it.rows(personer, cpr="1707164004")) == 1
    it.deliver()
    assert len(it.journal.folders) == 1
    assert len(it.documents()) == 2


def test_two_choose_different_children_and_the_second_is_told(it: Reception, alma: UUID) -> None:
    version = it.about(alma).version

    def put(cpr: str, name: str) -> Act:
        return lambda by: choose_child(alma, ChildByCpr(cpr, name), version=version, **by)

    came = at_once(
        it,
        ("karen", put("021221-4991", "Viggo Prøvesen")),
        ("mette", put("170716-4004", "Ella Prøvelund")),
    )
    assert len(of(came, SavedByAnother)) == 1
    (won,) = [one for one in came if not isinstance(one, Exception)]
    about = it.about(alma)
    assert (about.child_id, about.sag_id) == (won.child, won.sag)


def test_a_child_found_for_what_is_no_underretning_opens_no_case(it: Reception) -> None:
    """A person said what it is while the child was being looked up."""
    receipt = it.receive(made_post.eml(TEXT))
    assert receipt.underretning is not None
    reregister(receipt.underretning, Henvendelse.ANDET, "Nyhedsbrev.", version=1, **it.by())
    it.deliver()
    assert it.rows(sager) == []
    assert it.documents() == []
    version = it.about(receipt.underretning).version
    to = Henvendelse.UNDERRETNING
    reregister(receipt.underretning, to, "Alligevel.", version=version, **it.by())
    it.deliver()
    assert len(it.rows(sager)) == len(it.documents()) == 1


def test_a_draft_kept_by_two_at_once_is_each_ones_own(it: Reception) -> None:
    def keep(text: str) -> Act:
        def act(by: dict[str, Any]) -> None:
            with by["product"].store.write(actor=by["asker"].key, now=NOW) as work:
                drafts.keep(work, "vurdering:x", {"grund": [text]}, base_version=1)

        return act

    came = at_once(
        it, ("karen", keep("Karens")), ("mette", keep("Mettes")), ("karen", keep("Karens"))
    )
    assert of(came, Exception) == []
    kept = {row.employee: row.fields for row in it.rows(drafts_table)}
    assert kept == {"karen": '{"grund": ["Karens"]}', "mette": '{"grund": ["Mettes"]}'}


def test_one_tells_the_notifier_while_another_withholds(it: Reception, alma: UUID) -> None:
    it.save(alma, replace(GOOD, next_step=NaesteSkridt.BFU))
    came = at_once(
        it,
        ("karen", lambda by: orient_notifier(alma, (), **by)),
        ("mette", lambda by: withhold_outcome(alma, "Særlige forhold.", **by)),
    )
    assert len(of(came, Withheld) + of(came, AlreadyOrdered)) == 1
    told = len(it.rows(letters, code="orientering"))
    withheld = len(it.rows(haendelser, type="orientering_udeladt"))
    assert told + withheld == 1


def test_a_reason_to_withhold_outlives_a_correction_that_did_not_know_it(
    it: Reception, alma: UUID
) -> None:
    it.save(alma, replace(GOOD, next_step=NaesteSkridt.BFU))
    version = it.about(alma).version
    withhold_outcome(alma, "Særlige forhold.", **it.by("mette"))
    withhold_outcome(alma, "Særlige forhold.", **it.by("mette"))
    with pytest.raises(Withheld):
        withhold_outcome(alma, "Noget andet.", **it.by("mette"))
    correction = replace(GOOD, next_step=NaesteSkridt.BFU, reason="Rettet.")
    with pytest.raises(SavedByAnother):
        it.save(alma, correction, version=version, kvittering=True)
    assert it.rows(letters, code="orientering") == []
    assert [row.withhold_reason for row in it.rows(vurderinger)] == ["Særlige forhold."]
