"""What a decision gives a month is reckoned before it is made, kept, and proposed anew."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.beregning.kompensation import KompensationInput, Udgift, Udgiftstype
from dubu_plugin.domain.beregning.tabt import TabtInput
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.kataloger.satskatalog import own_rows
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import beregninger
from dubu_plugin.store.afgoerelse.beregninger import Kept
from dubu_plugin.store.egne import egne_satser
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Decided
from dubu_plugin.usecases.afgoerelse.reckon import NotReckoned, proposed, reckon
from dubu_plugin.web.afgoerelse.beregning_view import reckoned_of

from .bench import Bench

FIRST = date(2026, 6, 15)
HOURS = TabtInput(
    hours=Decimal(10), full_hours=Decimal(37), pay=Decimal(34000), employer_pension=Decimal(3400)
)
EXPENSES = KompensationInput(expenses=[Udgift("Bil", Udgiftstype.BEFORDRING, Decimal(8580))])
TEXTS = {
    "afgoerelse": "Vi giver ti timer om ugen.",
    "oplysninger": "Skolen har oplyst skånedag.",
    "barnets_syn": "»Hjem.«",
}
OWN = """\
[[sats]]
code = "tabt_regulering"
title = "Regulering 2027"
law = "BEK 1064/2025 § 14"
amount = "3.0"
unit = "pct"
level = 2027
valid_from = 2027-01-01
source = "Prøve."
confidence = "sikker"
"""


def ready(bench: Bench, matter: str = "tabt", paragraph: str = "§ 87", **chosen: Any) -> UUID:
    bench.talked()
    number = bench.prepared(matter)
    reasons = f"Truffet efter barnets lov {paragraph}, fordi …"
    indsats = {"tabt": "tabt_arbejdsfortjeneste", "kompensation": "kompensationsydelse"}
    values = {"outcome": Outcome.DELVIST, "indsats": indsats.get(matter), **chosen}
    bench.kept(number, {**TEXTS, "begrundelse": reasons, "afslag": "Fem timer."}, **values)
    bench.left_out(number)
    return number


def newest(bench: Bench, number: UUID) -> Kept:
    with bench.town.product.store.read() as connection:
        found = beregninger.newest(connection, number)
    assert found is not None
    return found


def test_paragraf_87_what_is_given_is_reckoned_before_it_is_decided(bench: Bench) -> None:
    number = ready(bench)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [(one.field, one.law) for one in shut.value.lacking] == [("beregning", "§ 87")]
    reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())
    assert bench.its(number).starts_on == FIRST, "it begins on the day it is reckoned from"
    decide(bench.sag, number, **bench.leader)
    [(_, to_father), (_, to_mother)] = bench.letters("afgoerelse")
    told = to_mother["afgoerelse.beregning"].replace("\u00a0", " ")
    assert "10 / 37 × 34.000,00 kr. = 9.189,19 kr." in told
    assert to_father["afgoerelse.beregning"] == "", "he does not read what she earns"
    assert "15. juni 2027" in to_mother["afgoerelse.opfoelgning"].replace("\u00a0", " ")


def test_rsl_12_who_gets_it_is_told_what_changes_to_tell_and_what_may_follow(bench: Bench) -> None:
    number = ready(bench)
    reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())
    decide(bench.sag, number, **bench.leader)
    [(_, to_father), (_, said)] = bench.letters("afgoerelse")
    assert "pligt" not in to_father["afgoerelse.opfoelgning"], "he is given nothing to pay back"
    told = said["afgoerelse.opfoelgning"].replace("\u00a0", " ")
    assert "din løn eller arbejdstid" in told
    assert "retssikkerhedsloven § 11, stk. 2" in told
    assert "kræve penge tilbage" in told


def test_a_refusal_is_not_reckoned(bench: Bench) -> None:
    number = ready(bench, outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, number, **bench.leader)
    assert "kræve penge" not in bench.letters("afgoerelse")[0][1]["afgoerelse.opfoelgning"]
    assert bench.happened(H.OPFOELGNING_PLANLAGT) == []


def test_paragraf_86_who_has_too_few_expenses_is_not_given_the_benefit(bench: Bench) -> None:
    number = ready(bench, "kompensation", "§ 86")
    few = KompensationInput(expenses=[Udgift("Vask", Udgiftstype.OEVRIGE, Decimal(1200))])
    reckon(bench.sag, number, few, FIRST, bench.mother, **bench.act())
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.field for one in shut.value.lacking] == ["udfald"]
    assert "der ikke er ret til ydelsen" in shut.value.lacking[0].sentence
    reckon(bench.sag, number, EXPENSES, FIRST, bench.mother, **bench.act())
    decide(bench.sag, number, **bench.leader)
    assert bench.happened(H.OPFOELGNING_PLANLAGT) == [], "§ 6: only where something has changed"


def test_a_beginning_on_another_day_is_reckoned_again(bench: Bench) -> None:
    number = ready(bench)
    reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())
    bench.kept(number, {}, starts_on=date(2026, 7, 1))
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert "Regn igen" in shut.value.lacking[0].sentence


def test_every_reckoning_stays_and_the_last_one_counts(bench: Bench) -> None:
    number = ready(bench)
    assert reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act()) == 1
    more = TabtInput(hours=Decimal(15), full_hours=Decimal(37), pay=Decimal(34000))
    assert reckon(bench.sag, number, more, FIRST, bench.mother, **bench.act()) == 2
    kept = newest(bench, number)
    assert (kept.monthly, kept.made_by) == (Decimal("13783.78"), "karen")
    assert kept.rates["tabt_loft:2026-01-01"] == "38380.00"
    decide(bench.sag, number, **bench.leader)
    with pytest.raises(Decided):
        reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())


def test_nobody_else_reckons_and_nothing_else_is_reckoned(bench: Bench) -> None:
    number = ready(bench)
    with pytest.raises(NotYours):
        reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act(ANDERS))
    with pytest.raises(NotReckoned):
        reckon(bench.sag, number, EXPENSES, FIRST, bench.mother, **bench.act())
    with pytest.raises(NotReckoned):
        reckon(bench.sag, number, HOURS, FIRST, bench.alma, **bench.act())
    support = bench.prepared("stoette")
    with pytest.raises(NotReckoned):
        reckon(bench.sag, support, HOURS, FIRST, bench.mother, **bench.act())


def test_it_is_looked_at_again_within_a_year_on_the_first_day_of_several(bench: Bench) -> None:
    number = ready(bench)
    reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())
    decide(bench.sag, number, **bench.leader)
    [planned] = bench.happened(H.OPFOELGNING_PLANLAGT)
    assert planned["naeste_opfoelgning"] == "2027-06-15"
    with bench.town.product.store.read() as connection:
        [due] = connection.scalars(sa.select(frister.c.due).where(frister.c.rule == "OPF-N"))
    assert due.date() == date(2027, 6, 15)
    bench.town.now = datetime(2026, 9, 1, 8, tzinfo=UTC)
    later = ready(bench, "sel_90", "§ 90", indsats="sel_90_2", starts_on=date(2026, 9, 1))
    decide(bench.sag, later, **bench.leader)
    assert len(bench.happened(H.OPFOELGNING_PLANLAGT)) == 1, "the sooner day stands"


def test_a_rate_that_changes_is_a_proposal_and_changes_nothing(bench: Bench) -> None:
    number = ready(bench)
    reckon(bench.sag, number, HOURS, FIRST, bench.mother, **bench.act())
    decide(bench.sag, number, **bench.leader)
    its, kept, delivered = bench.its(number), newest(bench, number), bench.town.product.rates
    assert proposed(its, kept, delivered, date(2027, 2, 1)) is None, "no percentage for 2027 yet"
    file = bench.town.folder / "reg.toml"
    file.write_text(OWN, encoding="utf-8")
    with bench.town.product.store.write(actor="anne", now=bench.town.now) as work:
        for one in own_rows(file, delivered):
            egne_satser.add(work.connection, one, by="anne", now=work.now, file=file.name)
        rates = egne_satser.book(work.connection, delivered)
    assert proposed(its, kept, rates, date(2026, 12, 31)) is None
    found = proposed(its, kept, rates, date(2027, 2, 1))
    assert found is not None
    assert (found.before, found.now.monthly) == (Decimal("9189.19"), Decimal("9464.87"))
    assert newest(bench, number).monthly == Decimal("9189.19")
    with bench.town.product.store.read() as connection:
        shown = reckoned_of(connection, bench.town.product, bench.whole(number), date(2027, 2, 1))
    assert "9.464,87 kr. om måneden" in shown["proposal_words"].replace("\u00a0", " ")
    assert "9.189,19 kr. nu" in shown["proposal_words"].replace("\u00a0", " ")
    assert shown["looked_at"].replace("\u00a0", " ") == "15. juni 2027"


def test_paragraf_85_hjemmetraening_waits_for_the_undersoegelse_and_is_supervised(
    bench: Bench,
) -> None:
    number = ready(bench, "saerlige_tilbud", "§ 82", indsats="hjemmetraening", starts_on=FIRST)
    bench.kept(number, {"formaal": "Sprog."})
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.law for one in shut.value.lacking] == ["§ 85, stk. 3"]
    bench.town.happened(H.UNDERSOEGELSE_AFSLUTTET, sag=bench.sag, person=bench.alma)
    decide(bench.sag, number, **bench.leader)
    assert len(bench.happened(H.HJEMMETRAENING_GODKENDT)) == 1
    with bench.town.product.store.read() as connection:
        rules = set(connection.scalars(sa.select(frister.c.rule)))
    assert {"HJEMTRAEN", "OPF-N"} <= rules


def test_paragraf_89_ledsagelse_is_from_twelve_to_eighteen_and_not_while_placed(
    bench: Bench,
) -> None:
    open_now = [one.code for one in bench.town.product.matters.open(FIRST, 9)]
    assert "ledsagelse" not in open_now
    assert "ledsagelse" in [one.code for one in bench.town.product.matters.open(FIRST, 12)]
    bench.grows(date(2012, 6, 1))
    number = ready(bench, "ledsagelse", "§ 89", indsats="ledsagelse", starts_on=FIRST)
    bench.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=bench.sag, person=bench.alma,
        data={"anbringelse": str(number), "grund": "andet", "handicap": True},
    )  # fmt: skip
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.act())
    assert "§ 89, stk. 1" in [one.law for one in shut.value.lacking]


def test_an_application_is_answered_when_all_it_asked_for_is_decided(bench: Bench) -> None:
    bench.town.underretning(
        "Jeg søger tabt arbejdsfortjeneste og merudgifter.", child=bench.alma, sag=bench.sag,
        henvendelse="ansoegning",
    )  # fmt: skip

    def state() -> str:
        with bench.town.product.store.read() as connection:
            found = sa.select(frister.c.state).where(frister.c.rule == "LOKALFRIST")
            return str(connection.scalar(found))

    first = ready(bench, outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, first, **bench.leader)
    assert state() == "aaben", "one of two is answered"
    second = ready(bench, "kompensation", "§ 86", outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, second, **bench.leader)
    assert state() == "opfyldt"
