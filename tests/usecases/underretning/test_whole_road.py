"""From the door to the orientation, on every database the product runs on."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from dubu_plugin.domain.intake import Status
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import Henvendelse, NaesteSkridt
from dubu_plugin.settings import Intake
from dubu_plugin.store import chain
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.child_choice import UnbornChild, UnknownChild
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.hand_over import Receiver, hand_over
from dubu_plugin.usecases.underretning.reconcile import reconcile
from dubu_plugin.usecases.underretning.register_call import Call, register_call
from dubu_plugin.usecases.underretning.reregister import reregister


@pytest.fixture
def town(on_every_database: Reception) -> Reception:
    return on_every_database


def test_an_underretning_goes_all_the_way_through(town: Reception) -> None:
    raw = made_post.eml(TEXT, attachments=[("b.docx", made_post.WORD, made_post.word("Bilag"))])
    town.mailbox.put(raw)
    assert reconcile(town.product, NOW).holds
    assert town.receive(raw).status is Status.DUPLICATE
    town.deliver()
    number = town.receive(raw).underretning
    assert number is not None
    about = town.about(number)
    assert about.child_state is ChildState.FOUND
    answers = replace(GOOD, next_step=NaesteSkridt.BFU)
    town.save(number, answers, kvittering=True)
    town.deliver()
    assert set(town.deadlines(number).values()) == {"opfyldt"}
    titles = sorted(one.meta.title for one in town.documents())
    assert titles == [
        "24-timers vurdering",
        "Kvittering til underretter",
        "Orientering til underretter",
        "Underretning fra skolen, 2. marts 2026",
    ]
    with town.product.store.read() as connection:
        assert chain.verify(connection)


def test_the_other_roads_too(town: Reception) -> None:
    call = Call(form=uuid4(), received_at=NOW - timedelta(hours=1), text="Råb.")
    first = register_call(call, **town.by()).underretning
    assert first is not None
    version = town.about(first).version
    unborn = UnbornChild(date(2026, 9, 28), mother_cpr="170203-4990", mother_name="Freja Prøvelund")
    choose_child(first, unborn, version=version, **town.by())
    town.deliver()
    hand_over(first, Receiver(employee="mette"), **town.by())
    version = town.about(first).version
    reregister(first, Henvendelse.ANDET, "Nej.", version=version, **town.by("mette"))
    other = town.registered(made_post.eml("En dreng ved bussen."))
    town.save(other, child=UnknownChild("dreng"))
    town.deliver()
    assert {state for states in town.told().values() for state in states} == {"udfoert"}
    assert reconcile(town.product, NOW).holds


def test_an_original_too_large_for_the_journal_is_filed_as_its_text(
    town: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = town.product.settings.model_copy(
        update={"intake": Intake(unit="modtagelse", largest_attachment=10_000)}
    )
    monkeypatch.setattr(type(town.product), "settings", small, raising=False)
    film = ("film.mp4", "video/mp4", b"\x00" * 60_000)
    town.registered(made_post.eml(TEXT, attachments=[film]))
    document = town.documents()[0]
    assert [file.name for file in town.journal.files(document.ref)] == ["Tekst.txt"]
    note = next(iter(town.journal.folders.values())).notes[0].body
    assert "film.mp4 (for stor)" in note
