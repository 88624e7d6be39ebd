"""Help that is taken away is given for fourteen weeks from when the family is told (§ 11)."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import frister, indsatser, letters
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.dokument.send_again import send_again
from dubu_plugin.usecases.dokument.sent_on_paper import BY_HAND, BY_POST, post_letters
from dubu_plugin.usecases.frist.tell_time import tell_time
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .bench import NOW, TODAY, Bench

FROM_DECISION: Final = TODAY + timedelta(weeks=14)
POSTED: Final = datetime(2026, 7, 1, 10, tzinfo=UTC)
RUNS_TO: Final = date(2026, 10, 15)
"""Fourteen weeks from 9 July, when a letter on paper from 1 July is presumed received."""


class Taken:
    """Lost pay that is given, and the decision that takes it away."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        bench.helped("tabt_arbejdsfortjeneste")
        self.pay = uuid4()
        bench.town.insert(
            indsatser, id=self.pay, sag_id=bench.sag, person_id=bench.alma,
            code="tabt_arbejdsfortjeneste", law="BL § 87", decision_law="BL § 87", unit="timer",
            starts_on=date(2026, 1, 5), state="i_gang", made_at=bench.town.now, made_by="karen",
            version=1, place_hidden=False,
        )  # fmt: skip
        number = bench.ready("tabt_ophoer", begrundelse="Truffet efter barnets lov § 87, fordi …")
        bench.kept(number, {}, indsats=None, outcome=Outcome.MEDHOLD, ends_on=FROM_DECISION)
        decide(bench.sag, number, **bench.leader)
        mine = letters.c.code == "afgoerelse"
        with bench.town.product.store.write(actor="system", now=NOW) as work:
            work.connection.execute(sa.update(letters).where(mine).values(state="til_print"))
            self.letters = list(work.connection.scalars(sa.select(letters.c.id).where(mine)))

    def posts(self, letter: UUID, at: datetime = POSTED, how: str = BY_POST) -> None:
        post_letters(self.bench.sag, [letter], how, at, **self.bench.act() | {"now": POSTED})

    def ends(self, on: date, how: How = How.AFGJORT, words: str = "") -> None:
        self.bench.town.now = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
        end(
            self.bench.sag, self.pay, on, "ophoer_virker_ikke", words, seen=1, how=how,
            **self.bench.act(),
        )  # fmt: skip

    def refused(self, on: date) -> str:
        with pytest.raises(IndsatsNotClear) as no:
            self.ends(on)
        assert set(no.value.fields) == {"dag"}
        return no.value.fields["dag"].replace("\u00a0", " ")

    def notice(self) -> list[tuple[str, date]]:
        its = sa.select(frister).where(frister.c.rule == "VARSEL-14U", frister.c.state != "afloest")
        with self.bench.town.product.store.read() as connection:
            return [(row.state, danish_day(row.due)) for row in connection.execute(its)]


def test_paragraf_11_no_notice_runs_while_a_letter_waits_to_be_sent(bench: Bench) -> None:
    taken = Taken(bench)
    assert "ikke noteret sendt" in taken.refused(FROM_DECISION)
    taken.posts(taken.letters[0])
    assert "ikke noteret sendt" in taken.refused(RUNS_TO)


@pytest.mark.parametrize("reverse", [False, True])
def test_paragraf_11_the_notice_runs_from_the_letter_that_is_there_last(
    bench: Bench, reverse: bool
) -> None:
    taken = Taken(bench)
    first, last = reversed(taken.letters) if reverse else taken.letters
    sent = [(first, NOW + timedelta(days=3), BY_HAND), (last, POSTED, BY_POST)]
    for letter, at, how in reversed(sent) if reverse else sent:
        taken.posts(letter, at, how)
    assert taken.notice() == [("aaben", RUNS_TO)]
    assert "til og med 15. oktober 2026" in taken.refused(RUNS_TO - timedelta(days=1))
    taken.ends(RUNS_TO)
    assert taken.notice() == [("opfyldt", RUNS_TO)]
    assert len(bench.happened(H.FRATAGELSE_IVAERKSAT)) == 1


def test_paragraf_11_a_letter_that_came_back_is_not_received(bench: Bench) -> None:
    taken = Taken(bench)
    for letter in taken.letters:
        taken.posts(letter)
    bench.town.now = POSTED + timedelta(days=20)
    new = send_again(bench.sag, taken.letters[0], "retur", "", **bench.act())
    assert "ikke noteret sendt" in taken.refused(RUNS_TO)
    bench.posted(new)
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        mine = letters.c.id == new
        work.connection.execute(sa.update(letters).where(mine).values(state="ikke_naaet"))
    assert "ikke noteret sendt" in taken.refused(RUNS_TO), "nobody has sent another"


def test_paragraf_11_no_notice_is_over_by_itself_while_a_letter_is_not_posted(
    bench: Bench,
) -> None:
    taken = Taken(bench)
    taken.posts(taken.letters[0], NOW + timedelta(days=3), BY_HAND)
    autumn = datetime(2026, 12, 1, 10, tzinfo=UTC)
    tell_time(bench.town.product, autumn)
    assert [state for state, _ in taken.notice()] == ["aaben"]
    post_letters(bench.sag, [taken.letters[1]], BY_HAND, autumn, **bench.act() | {"now": autumn})
    assert taken.notice() == [("aaben", date(2027, 3, 9))]
    tell_time(bench.town.product, datetime(2027, 3, 10, 10, tzinfo=UTC))
    assert [state for state, _ in taken.notice()] == ["opfyldt"]


def test_paragraf_11_who_asks_for_it_themselves_waits_for_no_letter(bench: Bench) -> None:
    taken = Taken(bench)
    taken.ends(date(2026, 7, 1), How.BEDT_OM, "Moderen ringede i dag og bad om det.")
    assert [state for state, _ in taken.notice()] == ["opfyldt"]
