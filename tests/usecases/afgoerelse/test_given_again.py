"""What a decision ended or had running, when Ankestyrelsen says that it is no more
(retssikkerhedsloven § 68; barnets lov §§ 10, 11, 50, 87 and 147)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Ruling
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import frister, letters
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Decided
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear
from dubu_plugin.usecases.afgoerelse.reckon import reckon
from dubu_plugin.usecases.afgoerelse.settle import follow
from dubu_plugin.usecases.dokument.sent_on_paper import BY_HAND, post_letters
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import Wanted
from dubu_plugin.web.afgoerelse.klage_ruling import Then, then_of
from dubu_plugin.web.indsats import view

from .bench import Bench
from .test_of_committee import placed
from .test_of_committee import ruled as of_the_committee
from .test_reckon import FIRST, HOURS, newest, ready
from .test_settle import at_ankestyrelsen, duties, ruled, stands

PAY: Final = "tabt_arbejdsfortjeneste"
STOPPED: Final = date(2026, 9, 21)
CAME: Final = datetime(2026, 12, 1, 8, tzinfo=UTC)
FALLS: Final = [Ruling.OPHAEVET, Ruling.HJEMVIST]


class Paid:
    """Lost pay that is given, the decision that takes it away, and a complaint about that."""

    def __init__(self, bench: Bench, **chosen: Any) -> None:
        self.bench, self.town = bench, bench.town
        self.gives = ready(bench, **chosen)
        reckon(bench.sag, self.gives, HOURS, FIRST, bench.mother, **bench.act())
        decide(bench.sag, self.gives, **bench.leader)
        self.town.now = datetime(2026, 6, 15, 8, tzinfo=UTC)
        self.pay = self.begins(FIRST)
        self.takes = bench.ready("tabt_ophoer", begrundelse="Truffet efter barnets lov § 87, …")
        last = danish_day(self.town.now) + timedelta(weeks=14)
        bench.kept(self.takes, {}, indsats=None, outcome=Outcome.MEDHOLD, ends_on=last)
        decide(bench.sag, self.takes, **bench.leader)
        with self.town.product.store.write(actor="system", now=self.town.now) as work:
            mine = letters.c.code == "afgoerelse", letters.c.state != "til_print"
            new = list(work.connection.scalars(sa.select(letters.c.id).where(*mine)))
            work.connection.execute(
                sa.update(letters).where(letters.c.id.in_(new)).values(state="til_print")
            )
        post_letters(bench.sag, new, BY_HAND, self.town.now, **bench.act())
        day = danish_day(self.town.now)
        received = Received(person=bench.mother, day=day, form="skriftligt", words="Nej.")
        self.klage = complain.receive(bench.sag, self.takes, received, **bench.act())
        complain.reassess(
            self.klage, Genvurdering.INTET, "Det står.", sag=bench.sag, **bench.leader
        )
        bench.sends_on(self.klage)

    def begins(self, first: date) -> Indsats:
        wanted = Wanted(
            code=PAY, afgoerelse=self.gives, starts_on=first, amount=Decimal(10), per="uge"
        )
        return begin(self.bench.sag, wanted, **self.bench.act())

    def stops(self, how: How = How.AFGJORT, words: str = "") -> None:
        self.town.now = datetime(2026, 9, 25, 8, tzinfo=UTC)
        with self.town.product.store.read() as connection:
            its = indsatser.by_id(connection, self.pay.id)
        assert its is not None
        end(
            self.bench.sag, its.id, STOPPED, "ophoer_virker_ikke", words, seen=its.version,
            how=how, **self.bench.act(),
        )  # fmt: skip

    def falls(self, ruling: Ruling = Ruling.OPHAEVET) -> None:
        self.town.now = CAME
        ruled(self.bench, self.klage, ruling, came_on=danish_day(CAME))


def then(bench: Bench, klage: UUID) -> list[Then]:
    its = stands(bench, klage)
    with bench.town.product.store.read() as connection:
        return list(then_of(connection, bench.town.product, its))


def follows(bench: Bench, klage: UUID) -> None:
    follow(klage, sag=bench.sag, **bench.act())


def looks(bench: Bench) -> list[date]:
    """Return the days the help is looked at again."""
    its = sa.select(frister.c.due).where(frister.c.rule == "OPF-N", frister.c.state == "aaben")
    with bench.town.product.store.read() as connection:
        return [danish_day(one) for one in connection.scalars(its)]


def test_rsl_68_help_that_ended_by_what_is_lifted_is_given_from_the_day_after_it_stopped(
    bench: Bench,
) -> None:
    paid = Paid(bench)
    paid.stops()
    paid.falls()
    lifted, back = then(bench, paid.klage)
    assert "Intet hviler" not in lifted.sentence
    [(url, title)] = back.links
    assert title.replace("\u00a0", " ").endswith("fra 22. september 2026")
    assert "fra=2026-09-22" in url
    assert f"afgoerelse={paid.gives}" in url
    with pytest.raises(KlageNotClear) as no:
        follows(bench, paid.klage)
    assert "dagen efter" in no.value.fields["fulgt"]
    paid.begins(date(2026, 9, 22))
    assert len(then(bench, paid.klage)) == 1
    follows(bench, paid.klage)
    assert duties(bench, "ANKE-FOELG") == [("ANKE-FOELG", "opfyldt")]


def test_rsl_68_help_that_begins_later_than_it_stopped_is_not_given_again(bench: Bench) -> None:
    paid = Paid(bench)
    paid.stops()
    paid.falls()
    paid.begins(danish_day(CAME))
    with pytest.raises(KlageNotClear):
        follows(bench, paid.klage)


def test_rsl_68_what_the_family_gave_up_itself_is_not_begun_again(bench: Bench) -> None:
    paid = Paid(bench)
    paid.stops(How.BEDT_OM, "Moderen ringede og bad om det.")
    paid.falls()
    assert "Intet hviler på den." in then(bench, paid.klage)[0].sentence
    follows(bench, paid.klage)


def test_rsl_68_what_ended_by_what_is_sent_back_is_named_too(bench: Bench) -> None:
    paid = Paid(bench)
    paid.stops()
    paid.falls(Ruling.HJEMVIST)
    assert any("fra=2026-09-22" in url for one in then(bench, paid.klage) for url, _ in one.links)


@pytest.mark.parametrize("ruling", FALLS)
def test_rsl_68_it_is_given_again_also_where_what_gave_it_has_run_out_since(
    bench: Bench, ruling: Ruling
) -> None:
    paid = Paid(bench, ends_on=date(2026, 11, 1))
    paid.stops()
    paid.falls(ruling)
    first = date(2026, 9, 22)
    with bench.town.product.store.read() as connection:
        ours = sager.by_id(connection, bench.sag)
        assert ours is not None
        chosen, _ = view.chosen_ground(
            connection, bench.town.product, ours, str(paid.gives), danish_day(CAME), set(),
            first=first,
        )  # fmt: skip
    assert chosen.decision is not None
    assert chosen.decision.id == paid.gives
    assert paid.begins(first).expected_end == date(2026, 11, 1)
    follows(bench, paid.klage)


def test_paragraf_95_help_that_is_given_again_has_a_day_for_the_next_look(bench: Bench) -> None:
    paid = Paid(bench)
    assert looks(bench) == [date(2027, 6, 15)], "as it was decided"
    paid.stops()
    assert looks(bench) == []
    paid.falls()
    paid.begins(date(2026, 9, 22))
    assert looks(bench) == [date(2027, 9, 22)]


@pytest.mark.parametrize("ruling", [*FALLS, Ruling.AENDRET])
def test_paragraf_11_no_notice_runs_of_a_decision_that_is_no_more(
    bench: Bench, ruling: Ruling
) -> None:
    paid = Paid(bench)
    assert ("VARSEL-14U", "aaben") in duties(bench, "VARSEL-14U")
    day = danish_day(bench.town.now)
    changed = {"words": "Ti timer om ugen.", "counts_from": day}
    more = changed if ruling is Ruling.AENDRET else {}
    ruled(bench, paid.klage, ruling, came_on=day, **more)
    assert ("VARSEL-14U", "aaben") not in duties(bench, "VARSEL-14U")


@pytest.mark.parametrize("ruling", FALLS)
@pytest.mark.parametrize("own_day", [False, True])
def test_paragraf_10_stk_3_50_and_147_nothing_runs_of_a_placement_that_is_decided_no_more(
    bench: Bench, ruling: Ruling, own_day: bool
) -> None:
    own = {"genbehandling_senest": "2026-12-11", "genbehandling_hvorfor": "Måske væk før."}
    number = placed(bench, **(own if own_day else {}))
    assert duties(bench, "GENB-1", "IVAERK") == [("GENB-1", "aaben"), ("IVAERK", "aaben")]
    of_the_committee(bench, number, ruling)
    assert [one for one in duties(bench, "GENB-1", "IVAERK") if "aaben" in one] == []
    # A party may go to court though it was lifted; what is sent back is not over.
    court = [("RET-4U", "aaben")] if ruling is Ruling.OPHAEVET else []
    assert [one for one in duties(bench, "RET-4U") if "aaben" in one] == court


def test_rsl_68_what_rests_on_what_is_sent_back_is_named(bench: Bench) -> None:
    number = placed(bench)
    planned = begin(
        bench.sag,
        Wanted(
            code="anbringelse_uden", afgoerelse=number, starts_on=date(2026, 7, 15),
            place="almen_plejefamilie", place_name="Prøve", reason="omsorgssvigt",
        ),
        **bench.act(),
    )  # fmt: skip
    klage = at_ankestyrelsen(bench, number)
    ruled(bench, klage, Ruling.HJEMVIST)
    links = [url for one in then(bench, klage) for url, _ in one.links]
    assert f"/dubu/sag/{bench.sag}/indsats/{planned.id}" in links


def test_paragraf_87_stk_2_a_refusal_that_is_changed_is_reckoned_and_looked_at_again(
    bench: Bench,
) -> None:
    number = ready(bench, outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, number, **bench.leader)
    klage = at_ankestyrelsen(bench, number)
    with pytest.raises(Decided):
        reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())
    bench.town.now += timedelta(days=90)
    came = danish_day(bench.town.now)
    ruled(bench, klage, Ruling.AENDRET, came_on=came, words="Ti timer.", counts_from=FIRST)
    assert any(url.endswith("/beregning") for url, _ in then(bench, klage)[0].links)
    reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())
    assert newest(bench, number).monthly > 0
    wanted = Wanted(code=PAY, afgoerelse=number, starts_on=FIRST, amount=Decimal(10), per="uge")
    begin(bench.sag, wanted, **bench.act())
    assert looks(bench) == [date(2027, 6, 15)]


def test_paragraf_11_the_notice_runs_on_of_a_decision_that_stands(bench: Bench) -> None:
    paid = Paid(bench)
    ruled(bench, paid.klage, Ruling.STADFAESTET, came_on=danish_day(bench.town.now))
    assert ("VARSEL-14U", "aaben") in duties(bench, "VARSEL-14U")
