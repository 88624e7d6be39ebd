"""A demo in a folder: whole or not there, found again, and made of the product's own parts."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_plugin import app
from dubu_plugin.demo import filling, host_filling, making, scenes
from dubu_plugin.demo.making import Demo, NotADemo
from dubu_plugin.demo.plan import Plan
from dubu_plugin.demo.receiving import receive_post
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.ports.journal_objects import Kind, Phase, Ref
from dubu_plugin.ports.persons import Tie
from dubu_plugin.settings import Settings
from dubu_plugin.store import chain
from dubu_plugin.store import tables as t
from dubu_plugin.store.failures import StorageFull
from dubu_plugin.store.family import personer

from .conftest import FARM


class Counted:
    """Bars that count."""

    def __init__(self) -> None:
        self.cases = {"journal": 0, "dubu": 0}

    def more(self, of: str, cases: int) -> None:
        self.cases[of] += cases


@pytest.fixture(scope="module")
def bars() -> Counted:
    return Counted()


@pytest.fixture(scope="module")
def demo(plan: Plan, bars: Counted, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "by"
    made = making.make(folder, plan.size, now=plan.now, port=8099, bars=bars)
    receive_post(Settings.from_file(made.config), clock=lambda: plan.now)
    return made


@pytest.fixture(scope="module")
def product(demo: Demo) -> Iterator[app.Product]:
    product = app.build(Settings.from_file(demo.config))
    yield product
    product.store.close()


def test_both_databases_are_filled_and_the_progress_is_told(
    demo: Demo, plan: Plan, bars: Counted
) -> None:
    assert bars.cases == {"journal": plan.size.cases, "dubu": plan.size.cases}
    assert making.found(demo.folder) == demo


def test_it_is_marked_as_a_training_copy(product: app.Product) -> None:
    assert product.settings.training


def test_the_two_databases_mean_the_same_cases(product: app.Product, plan: Plan) -> None:
    """A key of the host's in our database opens the same child's case there."""
    with product.store.read() as connection:
        rows = connection.execute(
            sa.select(t.sager.c.host_key, t.sager.c.number, t.personer.c.cpr, t.sager.c.phase)
            .join(t.personer, t.personer.c.id == t.sager.c.child_id)
            .where(t.sager.c.number.is_not(None))
            .limit(60)
        ).all()
    assert len(rows) == 60
    for row in rows:
        case = product.ports.journal.get_case(Ref(product.ports.journal.name, Kind.CASE, row[0]))
        assert case.primary_party is not None
        assert case.primary_party.cpr == Cpr(row.cpr)
        assert case.ref.number == row.number
        assert case.phase == row.phase


def test_the_two_databases_mean_the_same_people_and_staff(product: app.Product) -> None:
    with product.store.read() as connection:
        people = connection.execute(
            sa.select(t.personer.c.host_key, t.personer.c.cpr).limit(60)
        ).all()
        staff = set(connection.scalars(sa.select(t.employees.c.key)))
    for row in people:
        person = product.ports.persons.by_key(row.host_key)
        assert person is not None
        assert person.cpr == Cpr(row.cpr)
    assert {one.key for one in product.ports.identity.employees()} == staff


def test_a_family_is_known_in_the_address_book(product: app.Product) -> None:
    alma = product.ports.persons.by_cpr(Cpr.parse("031216-4990"))
    assert alma is not None
    family = {one.person.name: one.tie for one in product.ports.persons.relations(alma.key)}
    assert family["Sanne Testvad"] == Tie.MOTHER
    assert family["Viggo Prøvesen"] == Tie.SIBLING
    assert family["Birthe Prøvesen"] == Tie.GRANDPARENT


def test_the_mails_went_through_the_intake(product: app.Product) -> None:
    with product.store.read() as connection:
        rows = connection.execute(
            sa.select(t.post_items.c.filename, t.personer.c.name, t.underretninger.c.henvendelse)
            .join(t.underretninger, t.underretninger.c.post_id == t.post_items.c.id)
            .outerjoin(t.personer, t.personer.c.id == t.underretninger.c.child_id)
            .where(t.post_items.c.host_key.is_not(None))
        ).all()
    children = {row.filename: row.name for row in rows}
    assert len(rows) >= 9
    assert children["alma-skole.eml"] == "Alma Testvad"
    assert children["emil-ansoegning.eml"] == "Emil Demodal"
    assert children["ida-boernehave.eml"] == "Ida Demobæk"
    kinds = {row.filename: row.henvendelse for row in rows}
    assert kinds["emil-ansoegning.eml"] == "ansoegning"
    assert kinds["malthe-anden-kommune.eml"] == "mellemkommunal"


def test_letting_the_post_in_again_adds_nothing(
    demo: Demo, plan: Plan, product: app.Product
) -> None:
    def count() -> int | None:
        with product.store.read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(t.underretninger))

    before = count()
    assert receive_post(Settings.from_file(demo.config), clock=lambda: plan.now) == 11
    assert count() == before


def test_a_child_is_expected_on_a_case_with_its_clocks(product: app.Product) -> None:
    with product.store.read() as connection:
        sag, born = connection.execute(
            sa.select(t.sager.c.id, t.personer.c.born)
            .join(t.personer, t.personer.c.id == t.sager.c.child_id)
            .where(t.personer.c.name == "Ufødt barn af Line Demolund", t.sager.c.host_key > "")
        ).one()
        open_ = connection.scalars(
            sa.select(t.frister.c.rule).where(
                t.frister.c.sag_id == sag, t.frister.c.state == "aaben"
            )
        ).all()
    assert born is None
    assert "BFU-4M-U" in open_, "the undersøgelse of the parents to be"


def test_one_case_is_told_whole_with_what_is_written_on_it(product: app.Product) -> None:
    with product.store.read() as connection:
        kinds = connection.execute(
            sa.select(t.skrifter.c.kind, t.skrifter.c.state)
            .join(t.sager, t.sager.c.id == t.skrifter.c.sag_id)
            .join(t.personer, t.personer.c.id == t.sager.c.child_id)
            .where(t.personer.c.name == "Noah Testlund")
        ).all()
    told = {"screening", "boernefaglig_undersoegelse", "afgoerelse", "barnets_plan", "opfoelgning"}
    assert {row.kind for row in kinds if row.state == "godkendt"} == told


def test_two_siblings_have_an_open_case_each_and_the_second_can_fetch_what_the_first_says(
    product: app.Product,
) -> None:
    with product.store.read() as connection:
        found = connection.execute(
            sa.select(t.personer.c.name, t.skrifter.c.state)
            .join_from(t.skrifter, t.sager, t.sager.c.id == t.skrifter.c.sag_id)
            .join(t.personer, t.personer.c.id == t.sager.c.child_id)
            .where(
                t.skrifter.c.kind == "boernefaglig_undersoegelse",
                t.sager.c.phase != "closed",
                t.personer.c.name.in_(("Noah Testlund", "Vigga Testlund")),
            )
        ).all()
        noah, vigga = (
            connection.execute(
                sa.select(t.personer.c.id).where(t.personer.c.name == name)
            ).scalar_one()
            for name in ("Noah Testlund", "Vigga Testlund")
        )
        tied = {one.person.id for one in personer.family_of(connection, noah)}
    assert {(row.name, row.state) for row in found} == {
        ("Noah Testlund", "godkendt"), ("Vigga Testlund", "udkast"),
    }  # fmt: skip
    assert vigga in tied


def test_a_closed_case_says_why_a_deadline_of_it_was_missed(product: app.Product) -> None:
    with product.store.read() as connection:
        rows = connection.execute(
            sa.select(t.frister.c.exceeded_reason, t.sager.c.host_key)
            .join(t.sager, t.sager.c.id == t.frister.c.sag_id)
            .where(t.sager.c.phase == "closed", t.frister.c.exceeded_reason.is_not(None))
        ).all()
    assert len(rows) >= 1
    assert scenes.WHY in {row.exceeded_reason for row in rows}
    journal = product.ports.journal
    told = journal.get_case(Ref(journal.name, Kind.CASE, rows[0].host_key))
    assert told.phase is Phase.CLOSED, "the host has been told"


def test_a_grandmother_cannot_open_her_grandchilds_case(product: app.Product) -> None:
    with product.store.read() as connection:
        closed = connection.execute(
            sa.select(t.conflicts.c.employee, t.personer.c.name).join(
                t.personer, t.personer.c.id == t.conflicts.c.person_id
            )
        ).all()
    assert ("pia", "Anton Demoholt") in closed


def test_the_chain_is_whole_after_the_post(product: app.Product) -> None:
    with product.store.read() as connection:
        assert chain.verify(connection)


def test_a_folder_with_something_else_in_it_is_left_alone(plan: Plan, tmp_path: Path) -> None:
    mine = tmp_path / "noget" / "vigtigt.txt"
    mine.parent.mkdir()
    mine.write_text("mit", encoding="utf-8")
    with pytest.raises(NotADemo) as no:
        making.make(mine.parent, FARM, now=plan.now, port=0, bars=Counted())
    assert "--dir" in no.value.for_people()
    assert [file.name for file in tmp_path.rglob("*")] == ["noget", "vigtigt.txt"]


def test_what_was_cut_short_leaves_nothing(plan: Plan, tmp_path: Path) -> None:
    class Impatient:
        def more(self, of: str, cases: int) -> None:
            if of == "dubu":
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make(tmp_path / "by", FARM, now=plan.now, port=0, bars=Impatient())
    assert list(tmp_path.iterdir()) == []


def test_a_demo_is_known_by_its_mark_and_can_be_thrown_away(plan: Plan, tmp_path: Path) -> None:
    assert making.found(tmp_path) is None
    (tmp_path / making.MARK).write_text(
        json.dumps({"size": "small", "seed": 1, "made_at": plan.now.isoformat()}), encoding="utf-8"
    )
    found = making.found(tmp_path)
    assert found is not None
    making.remove(found)
    assert not tmp_path.exists()


class FullDisk:
    """Bars on a disk that is full after the first cases of one of the databases."""

    def __init__(self, of: str) -> None:
        self.of = of

    def more(self, of: str, cases: int) -> None:
        if of == self.of:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(making.NoRoom) as no:
        making.make(tmp_path / "by", FARM, now=plan.now, port=0, bars=FullDisk("dubu"))
    assert "--dir" in no.value.for_people()
    assert list(tmp_path.iterdir()) == []


def test_sqlite_that_finds_no_room_is_a_full_disk_too(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database may grow no further than it is: what SQLite says then is what a full disk says."""
    monkeypatch.setattr(filling, "HURRY", (*filling.HURRY, "max_page_count = 1"))
    with pytest.raises(making.NoRoom):
        making.make(tmp_path / "by", FARM, now=plan.now, port=0, bars=Counted())
    assert list(tmp_path.iterdir()) == []


def test_the_journals_process_says_in_silence_that_the_disk_is_full(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    full = f"import sys; sys.exit({host_filling.NO_ROOM})"
    process = subprocess.Popen([sys.executable, "-c", full], stdout=subprocess.PIPE, text=True)
    with pytest.raises(StorageFull):
        host_filling.HostFilling(process, lambda cases: None).finish()
    assert capfd.readouterr() == ("", "")


def test_what_fills_the_journal_ends_without_a_traceback_on_a_full_disk(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*said: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(host_filling, "main", full)
    assert host_filling.run(["dubu.toml"]) == host_filling.NO_ROOM
    assert capfd.readouterr() == ("", "")


def test_the_old_letters_of_the_told_case_are_posted_the_day_they_were_written(
    product: app.Product, plan: Plan
) -> None:
    """What waits to be printed is new: nobody is met by letters from March."""
    with product.store.read() as connection:
        rows = connection.execute(
            sa.select(t.letters)
            .join(t.sager, t.sager.c.id == t.letters.c.sag_id)
            .join(t.personer, t.personer.c.id == t.sager.c.child_id)
            .where(t.personer.c.name == "Noah Testlund", t.letters.c.recipient.is_not(None))
        ).all()
    old = [row for row in rows if row.created_at < plan.now - timedelta(days=8)]
    assert {row.code for row in old} >= {"samtykke", "partshoering", "afgoerelse", "plan_brev"}
    assert {row.state for row in old} == {"sendt"}
    assert all(danish_day(row.sent_at) == danish_day(row.created_at) for row in old)
