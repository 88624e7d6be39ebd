"""A protected address is in no letter: not on the paper, and not in what is kept of it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.inddragelse import Grundlag
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.afgoerelse.klager import Genvurdering
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import letters, personer
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse, build_letter_house
from dubu_plugin.testing.town import Town, build
from dubu_plugin.usecases.afgoerelse import complain, hear
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.dokument.addressed import citizen
from dubu_plugin.usecases.dokument.order.kvittering import order_kvittering
from dubu_plugin.usecases.dokument.order.orientering import order_orientering
from dubu_plugin.usecases.dokument.order.samtale import Invitation
from dubu_plugin.usecases.dokument.order.svarfrist import Told, order_svarfrist
from dubu_plugin.usecases.inddragelse.ask_udtalelser import Recipient
from dubu_plugin.usecases.inddragelse.invite import invite
from dubu_plugin.usecases.opfoelgning.hold import hold
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.skrift.present import approve

from ..afgoerelse.bench import NOW, TODAY, Bench
from ..inddragelse.desk import SCHOOL, Desk
from ..opfoelgning.follower import Follower
from ..plan.board import Board
from ..skrift.desk import Desk as Skriver

HIDDEN: Final = "Skjultvej 12, 9999 Prøvestrup"
WITHHELD: Final = "Adressen skrives på kuverten"
TWELVE: Final = date(2014, 1, 2)
FIFTEEN: Final = date(2011, 1, 2)


def hide(town: Town) -> None:
    """Have everybody's address be one they have protected."""
    with town.product.store.write(actor="system", now=town.now) as work:
        work.connection.execute(sa.update(personer).values(address=HIDDEN, protected_address=True))


def decisions(folder: Path) -> Town:
    """A decision on a child of twelve, from the hearing to what Ankestyrelsen is sent."""
    bench = Bench(build(folder, NOW), born=TWELVE)
    hide(bench.town)
    number = bench.ready()
    bench.kept(number, {}, child_by_hand=False)
    for one in bench.parts(number):
        about = {"om": Written("Skolen har oplyst fravær.", 0)}
        hear.send(bench.sag, number, one.id, about, TODAY + timedelta(days=14), **bench.act())
        said = {"svar": Written("Nej.", 0), "vaegt": Written("Intet.", 0)}
        hear.answer(bench.sag, number, one.id, said, TODAY, **bench.act())
    decide(bench.sag, number, **bench.leader)
    for person in (bench.alma, bench.mother):
        words = Received(person=person, day=TODAY, form="mundtligt", words="Jeg vil ikke.")
        klage = complain.receive(bench.sag, number, words, **bench.act())
        later = TODAY + timedelta(days=40)
        complain.put_off(klage, later, "Vi venter på skolen.", sag=bench.sag, **bench.act())
        complain.reassess(klage, Genvurdering.INTET, "Det er nødvendigt.",
                          sag=bench.sag, **bench.leader)  # fmt: skip
        complain.send_on(klage, sag=bench.sag, **bench.act())
    return bench.town


def young(folder: Path) -> Town:
    """A decision on a young person."""
    bench = Bench(build(folder, NOW), born=FIFTEEN)
    hide(bench.town)
    number = bench.ready()
    bench.consents(number, bench.mother, bench.father, bench.alma)
    bench.kept(number, {}, child_by_hand=False)
    decide(bench.sag, number, **bench.leader)
    return bench.town


def talks(folder: Path) -> Town:
    """Invitations, consents and statements."""
    town = build(folder, NOW)
    child = town.person("Alma Testvad", born=TWELVE)
    mother, father = town.person("Sanne Testvad"), town.person("Michael Prøvesen")
    town.tie(child, mother, "mor", "barn")
    town.tie(child, father, "far", "barn")
    desk = Desk(town, town.sag(child), child, mother, father)
    hide(town)
    typed = Recipient("andre", "Sanne Testvad", HIDDEN.replace(", ", "\n"))
    desk.asked()
    desk.requested(SCHOOL, typed, told=(mother,), basis=Grundlag.UDEN_SAMTYKKE, basis_reason="Fare")
    for day in (NOW, datetime(2029, 1, 3, 8, tzinfo=UTC)):
        town.now = day
        what = Invitation(at=day + timedelta(days=7), place="Her", who="Karen", about="Alma")
        invite(desk.sag, what, (mother, child), **desk.act())
    return town


def plans(folder: Path) -> Town:
    """The parents' copies of both plans."""
    town = build(folder, NOW)
    child, mother = town.person("Alma Testvad", born=TWELVE), town.person("Mette Testvad")
    town.tie(child, mother, "mor", "barn")
    board = Board(town, town.sag(child), child)
    hide(town)
    board.sent(board.whole(board.planned()), mother)
    theirs = board.planned(Wanted(None, "Mor bliver ædru"), kind=SkriftKind.FORAELDREHANDLEPLAN)
    board.kept(theirs, aarsag="Alkohol.", formaal="Hjem.", varighed="Et år",
               foraeldrenes_oensker="Behandling.", stoette="Behandling.")  # fmt: skip
    for one in board.goals(theirs):
        board.kept(theirs, one.id, hvem_goer_hvad="Mor går til samtaler.", indikator="Uger")
    board.sent(board.now(theirs), mother)
    return town


def followed_up(born: date) -> Callable[[Path], Town]:
    """Return what follows a case of a child of that age up."""

    def build_one(folder: Path) -> Town:
        follower = Follower(build(folder, NOW))
        hide(follower.town)
        with follower.town.product.store.write(actor=KAREN, now=follower.town.now) as work:
            mine = personer.c.id == follower.desk.alma
            work.connection.execute(sa.update(personer).where(mine).values(born=born))
        follower.later(80)
        follower.talked()
        follower.kept(follower.texts(barnet_sagt="Du er på en 6'er."))
        to = (follower.desk.mother, follower.desk.alma)
        hold(follower.sag, to=to, **follower.desk.act())
        return follower.town

    return build_one


def late(folder: Path) -> Town:
    """An undersøgelse that takes longer."""
    town = build(folder, NOW)
    child, mother = town.person("Alma Testvad", born=TWELVE), town.person("Sanne Testvad")
    town.tie(child, mother, "mor", "barn")
    hide(town)
    desk = Skriver(town, town.sag(child))
    its = desk.finished(desk.begun(SkriftKind.FORELOEBIG_VURDERING))
    desk.put(its, faerdig=(danish_day(town.now) + timedelta(days=20)).isoformat())
    approve(desk.sag, its.id, **desk.leader)
    return town


def notified(folder: Path) -> Town:
    """What a notifier and an applicant get, who gave an address the family has protected."""
    house = build_letter_house(folder)
    mother = house.town.person("Sanne Testvad")
    house.town.tie(house.child, mother, "mor", "barn")
    hide(house.town)
    number = house.underretning(name="Sanne Testvad", organisation=None)
    means: dict[str, Any] = {
        "letters": house.product.letters,
        "municipality": house.product.settings.municipality,
        "author": KAREN,
    }
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        underretninger.change(work.connection, number, notifier_address=HIDDEN.lower())
        order_kvittering(work, number, **means)
        order_orientering(work, number, started=(), **means)
        about = underretninger.by_id(work.connection, number)
        assert about is not None
        for to in (mother, None):
            told = Told(date(2026, 6, 1), "Lægen", date(2026, 5, 1), to, None)
            order_svarfrist(work, about, told, letters=house.product.letters,
                            house=house.product.settings.municipality)  # fmt: skip
    return house.town


WORLDS: Final = (
    decisions, young, talks, plans, followed_up(TWELVE), followed_up(FIFTEEN), notified, late,
)  # fmt: skip


def test_a_protected_address_is_in_none_of_all_the_letters_that_leave_the_house(
    tmp_path: Path,
) -> None:
    written: set[str] = set()
    for number, world in enumerate(WORLDS):
        (folder := tmp_path / str(number)).mkdir()
        town = world(folder)
        with closing(town.product.store), town.product.store.read() as connection:
            for row in connection.execute(sa.select(letters)):
                written.add(row.code)
                for kept in (row.recipient or "", row.values):
                    assert "skjultvej" not in kept.casefold(), row.code
                if row.code not in ("oversendelse", "udtalelse_anmodning"):
                    assert row.recipient is None or WITHHELD in row.recipient, row.code
        shelf = town.product.letters
    out = {one.code for one in shelf if one.is_sent}
    assert out - written == set(), "a letter nobody looked at here"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LetterHouse]:
    built = build_letter_house(tmp_path)
    yield built
    built.product.store.close()


def envelope(house: LetterHouse, person: UUID) -> str:
    with house.product.store.read() as connection:
        return citizen(connection, person)[0].envelope


def test_one_who_lives_where_the_other_parent_has_protected_it_is_not_printed_either(
    house: LetterHouse,
) -> None:
    town = house.town
    mother = town.person("Mia Demonavn", protected=True, address=HIDDEN)
    father = town.person("Mads Prøvesen", address="Testparken 14, 2. th, 9999 Prøvestrup")
    noah = town.person("Noah Demonavn", address="SKJULTVEJ 12,  9999 Prøvestrup")
    for parent, tie in ((mother, "mor"), (father, "far")):
        town.tie(noah, parent, tie, "barn")
    assert envelope(house, noah) == f"Noah Demonavn\n{WITHHELD}"
    assert envelope(house, father) == "Mads Prøvesen\nTestparken 14, 2. th\n9999 Prøvestrup"
    grown = town.person("Mark Prøvesen", address=HIDDEN)
    town.tie(noah, grown, "anden", "anden")
    assert envelope(house, grown) == f"Mark Prøvesen\n{WITHHELD}"
