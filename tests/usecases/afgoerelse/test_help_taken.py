"""A decision that takes help away names it: the family is heard about that, and nothing else ends
by it (barnets lov §§ 11 and 99; forvaltningsloven § 19)."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.passing import refused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse.klager import Ruling
from dubu_plugin.store.indsats.taken_away import to_resume
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import indsatser
from dubu_plugin.usecases.afgoerelse import hear
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.hear import HeardAlready, HearingNotClear
from dubu_plugin.usecases.afgoerelse.keep import Kept, keep
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .bench import TODAY, Bench
from .test_given_again import CAME, Paid

SINCE: Final = date(2026, 1, 5)
DUE: Final = date(2026, 7, 9)
TREATMENT: Final = "Familiebehandling eller behandling af barnet eller den unge"
REASONED: Final = {"begrundelse": "Efter barnets lov § 99, fordi målene er nået."}


def helped(bench: Bench, code: str, law: str, amount: int, unit: str) -> UUID:
    """Have the family be given help."""
    bench.helped(code)
    number = uuid4()
    bench.town.insert(
        indsatser, id=number, sag_id=bench.sag, person_id=bench.alma, code=code, law=law,
        decision_law=law, unit=unit, amount=Decimal(amount), per="uge", starts_on=SINCE,
        state="i_gang", made_at=bench.town.now, made_by="karen", version=1, place_hidden=False,
    )  # fmt: skip
    return number


@pytest.fixture
def treated(bench: Bench) -> UUID:
    return helped(bench, "familiebehandling", "BL § 32 stk. 1 nr. 5", 4, "time")


@pytest.fixture
def relieved(bench: Bench) -> UUID:
    return helped(bench, "stoetteophold", "BL § 32 stk. 1 nr. 7", 2, "døgn")


def named(bench: Bench, number: UUID) -> set[UUID]:
    return {one.id for one in bench.whole(number).helps if one.named}


def takes(bench: Bench, number: UUID, helps: Collection[UUID]) -> None:
    bench.town.now += timedelta(hours=1)
    keep(bench.sag, number, Kept(seen=bench.its(number).version, takes=helps), **bench.act())


def ready(bench: Bench) -> UUID:
    number = bench.ready("ophoer", **REASONED)
    bench.kept(number, {}, indsats=None, outcome=Outcome.MEDHOLD)
    return number


def heard(bench: Bench, number: UUID) -> None:
    """Hear the mother."""
    bench.town.now += timedelta(hours=1)
    part = bench.part(number, bench.mother)
    said = bench.whole(number).texts.get((f"part:{part}", "om"))
    about = {"om": Written("Målene er nået.", said.revision if said else 0)}
    hear.send(bench.sag, number, part, about, DUE, **bench.act())


def lacking(bench: Bench, number: UUID) -> dict[str, str]:
    """Return what the gates say no to, by field."""
    found = refused(bench.whole(number).standing(bench.town.product.indsatser))
    return {one.field: one.sentence.replace("\u00a0", " ") for one in found}


def shut(bench: Bench, number: UUID) -> str:
    """Have it refused to decide, for want of help that can end."""
    with pytest.raises(GatesShut):
        decide(bench.sag, number, **bench.leader)
    return lacking(bench, number)["ophoerer"]


def ends(bench: Bench, indsats: UUID) -> None:
    end(bench.sag, indsats, TODAY, "ophoer_maal_naaet", "", seen=1, **bench.act())


def test_paragraf_99_the_only_help_there_is_is_named_from_the_start_and_in_every_letter(
    bench: Bench, treated: UUID
) -> None:
    bench.grows(date(2014, 1, 2))
    number = bench.prepared("ophoer")
    assert named(bench, number) == {treated}
    for person in (bench.alma, bench.mother):
        part = bench.part(number, person)
        about = {"om": Written("Målene er nået.", 0)}
        hear.send(bench.sag, number, part, about, DUE, **bench.act())
    [(_, to_mother)] = bench.letters("partshoering")
    [(_, to_child)] = bench.letters("partshoering_barn")
    about_it = f"{TREATMENT}, 4 timer om ugen"
    for field, said in (("afgoerelse.om", to_mother), ("afgoerelse.handler_om", to_child)):
        assert said[field].replace("\u00a0", " ").endswith(f": {about_it}")


def test_paragraf_99_no_other_help_ends_by_it(bench: Bench, treated: UUID, relieved: UUID) -> None:
    number = ready(bench)
    takes(bench, number, [treated])
    decide(bench.sag, number, **bench.leader)
    for _, said in bench.letters("afgoerelse"):
        text = said["afgoerelse.tekst"].replace("\u00a0", " ")
        assert f"\n\nDet handler om: {TREATMENT}, 4 timer om ugen." in text
        assert "Støtteophold" not in text
    with pytest.raises(IndsatsNotClear) as no:
        ends(bench, relieved)
    assert "sat kryds ved hjælpen" in no.value.fields["hvordan"].replace("\u00a0", " ")
    ends(bench, treated)


def test_paragraf_99_a_young_person_reads_which_help_it_is(bench: Bench, treated: UUID) -> None:
    bench.grows(date(2010, 1, 2))
    number = ready(bench)
    bench.consents(number, bench.alma)
    decide(bench.sag, number, **bench.leader)
    [(_, said)] = bench.letters("afgoerelse_ung")
    assert said["afgoerelse.til_barnet"].startswith("Trine kommer hver tirsdag.\n\nDet handler om")
    assert TREATMENT in said["afgoerelse.til_barnet"]


def test_paragraf_99_nobody_is_heard_and_nothing_decided_before_it_says_which_help(
    bench: Bench, treated: UUID, relieved: UUID
) -> None:
    number = ready(bench)
    assert named(bench, number) == set(), "there are two"
    with pytest.raises(HearingNotClear) as no:
        heard(bench, number)
    assert "Sæt kryds på afgørelsen" in no.value.fields[""].replace("\u00a0", " ")
    assert "Sæt kryds på afgørelsen" in shut(bench, number)
    assert not bench.letters("partshoering")
    takes(bench, number, [treated, relieved])
    assert "ophoerer" not in lacking(bench, number)


def test_paragraf_99_what_is_not_decided_takes_nothing(
    bench: Bench, treated: UUID, relieved: UUID
) -> None:
    number = ready(bench)
    bench.kept(number, {"afslag": "Hjælpen går videre."}, outcome=Outcome.AFSLAG)
    assert "ophoerer" not in lacking(bench, number)


def test_paragraf_99_what_ended_meanwhile_is_not_ended_again(bench: Bench, treated: UUID) -> None:
    first = ready(bench)
    decide(bench.sag, first, **bench.leader)
    number = ready(bench)
    assert named(bench, number) == {treated}
    ends(bench, treated)
    assert "er hørt op imens" in shut(bench, number)
    takes(bench, number, [])
    assert "ophoerer" not in lacking(bench, number)


def test_fvl_19_who_was_heard_is_heard_again_where_more_help_is_to_end(
    bench: Bench, treated: UUID, relieved: UUID
) -> None:
    number = bench.prepared("ophoer")
    father = {"hvorfor": Written("Han er på rejse.", 0)}
    hear.leave_out(bench.sag, number, bench.part(number, bench.father), 5, father, **bench.act())
    takes(bench, number, [treated])
    heard(bench, number)
    part = f"part-{bench.mother}"
    assert "frist" in lacking(bench, number).get(part, "")
    takes(bench, number, [treated, relieved])
    assert "at »Støtteophold, 2 døgn om ugen« hører op" in lacking(bench, number).get(part, "")
    takes(bench, number, [treated])
    assert "hører op" not in lacking(bench, number).get(part, ""), "ticked by mistake"
    with pytest.raises(HeardAlready):
        heard(bench, number)
    takes(bench, number, [treated, relieved])
    heard(bench, number)
    assert "hører op" not in lacking(bench, number).get(part, "")
    assert len(bench.letters("partshoering")) == 2


def test_it_takes_only_help_of_its_case_and_kind(bench: Bench, treated: UUID) -> None:
    number = bench.prepared("ophoer")
    pay = helped(bench, "tabt_arbejdsfortjeneste", "BL § 87", 10, "time")
    for one in (pay, uuid4()):
        with pytest.raises(NotYours):
            takes(bench, number, [treated, one])
    assert named(bench, number) == {treated}


def test_rsl_68_what_is_decided_anew_takes_what_ended_by_the_one_before(bench: Bench) -> None:
    paid = Paid(bench)
    paid.stops()
    paid.falls(Ruling.HJEMVIST)
    number = bench.prepared("tabt_ophoer")
    assert bench.its(number).replaces == paid.takes
    assert named(bench, number) == {paid.pay.id}
    assert "ophoerer" not in lacking(bench, number)


def test_rsl_68_what_is_given_again_is_taken_as_what_it_is_given_as(bench: Bench) -> None:
    paid = Paid(bench)
    paid.stops()
    bench.town.now = CAME
    again = paid.begins(date(2026, 9, 22))
    paid.falls(Ruling.HJEMVIST)
    number = bench.prepared("tabt_ophoer")
    assert named(bench, number) == {again.id}


def test_rsl_68_what_ended_by_the_one_before_is_given_again_where_the_new_one_falls_too(
    bench: Bench,
) -> None:
    paid = Paid(bench)
    paid.stops()
    paid.falls(Ruling.HJEMVIST)
    bench.town.now += timedelta(days=1)
    bench.talked()
    number = bench.prepared("tabt_ophoer")
    last = danish_day(bench.town.now) + timedelta(weeks=15)
    chosen = {"outcome": Outcome.MEDHOLD, "indsats": None, "ends_on": last}
    bench.kept(number, {"barnets_syn": "»Godt.«", "barnet_sagt": "Du er glad."}, **chosen)
    bench.left_out(number)
    decide(bench.sag, number, **bench.leader)
    with bench.town.product.store.read() as connection:
        assert [one.id for one in to_resume(connection, bench.sag, number)] == [paid.pay.id]
