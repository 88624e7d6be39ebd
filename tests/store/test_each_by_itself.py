"""Two of a kind on one case: each has its clock, and what is done closes the one it answers."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import undoing
from dubu_plugin.store.deadlines.catching_up import open_missing
from dubu_plugin.store.sag import rettelser
from dubu_plugin.testing.rules import rule
from tests.store.life import NOW, Ground, Life, day_of, days


@pytest.fixture
def life(store: Store, ground: Ground) -> Life:
    return Life(store, ground)


def states(life: Life, code: str) -> list[str]:
    return [row.state for row in life.rows() if row.rule == code]


def dues(life: Life, code: str, *which: str) -> list[date]:
    return [day_of(row) for row in life.rows(*which) if row.rule == code]


PAIRS: list[Any] = [
    pytest.param("MAGT-72", H.MAGT_ANVENDT, {}, H.MAGTANVENDELSE_REGISTRERET, {},
                 id="bek_980_22_each_use_of_force_is_registered"),
    pytest.param("HJEMG-7D", H.HJEMGIVELSE_SOEGT, {"grundlag": "samtykke"}, H.HJEMGIVELSE_VURDERET,
                 {}, id="bl_102_each_request_to_come_home_has_its_seven_days"),
    pytest.param("AKT-7", H.AKTINDSIGT_ANMODET, {"aktindsigt": "part"}, H.AKTINDSIGT_BESVARET, {},
                 id="fvl_16_each_partys_request_has_its_seven_working_days"),
    pytest.param("AKT-OL", H.AKTINDSIGT_ANMODET, {"aktindsigt": "offentlig"}, H.AKTINDSIGT_BESVARET,
                 {}, id="ol_36_each_request_has_its_seven_working_days"),
    pytest.param("BEGR-14", H.BEGRUNDELSE_BEDT_OM, {}, H.BEGRUNDELSE_GIVET, {},
                 id="fvl_23_each_who_asks_for_reasons_has_them_in_fourteen_days"),
    pytest.param("PARTSH", H.PARTSHOERING_SENDT, {}, H.PARTSHOERING_BESVARET, {},
                 id="fvl_19_each_party_is_heard"),
    pytest.param("FORPAAL", H.PAALAEG_BESLUTTET, {}, H.PAALAEG_OPHOERT, {},
                 id="bl_38_the_parents_order_and_bl_39_the_childs_end_each_by_itself"),
    pytest.param("SAMV-8U", H.SAMVAER_SUSPENDERET, {}, H.SAMVAER_GENOPTAGET, {},
                 id="bl_104_mothers_and_fathers_contact_is_paused_each_by_itself"),
    pytest.param("SAMV-4U", H.SAMVAER_FASTSAT, {"samvaer_afbrudt": True},
                 H.UDVALGSAFGOERELSE_TRUFFET, {"angaar": "samvaer"},
                 id="bl_104_each_contact_below_every_fourth_week_goes_to_the_committee"),
    pytest.param("NETV-7D", H.POLITIDOKUMENTATION_MODTAGET, {}, H.NETVAERKSSAMRAAD_INDKALDT, {},
                 id="bl_130_each_documentation_calls_a_network_in_seven_days"),
    pytest.param("STOF-14D", H.STOFMISBRUGSBEHANDLING_SOEGT, {}, H.STOFMISBRUGSBEHANDLING_IVAERKSAT,
                 {}, id="bl_33_each_request_for_treatment_has_its_fourteen_days"),
    pytest.param("UND-FLYT", H.FAMILIE_FLYTTET, {}, H.FLYTNING_UNDERRETTET, {},
                 id="bl_132_each_move_is_told_to_the_new_municipality"),
    pytest.param("ANM-AST", H.ADGANG_TIL_HJEMMET_BESLUTTET, {}, H.ANKESTYRELSEN_UNDERRETTET, {},
                 id="each_entry_to_a_home_is_told_to_ankestyrelsen"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "asks", "asked", "answers", "said"), PAIRS)
def test_two_of_a_kind_are_two_clocks_and_one_answer_closes_one(
    life: Life, code: str, asks: H, asked: dict[str, Any], answers: H, said: dict[str, Any]
) -> None:
    life.happen(asks, NOW, **asked)
    life.happen(asks, NOW + days(1), **asked)
    assert states(life, code) == ["aaben", "aaben"], "the second one asks for itself"
    life.happen(answers, NOW + days(2), **said)
    assert states(life, code) == ["opfyldt", "aaben"], "the oldest alone is closed"
    life.happen(answers, NOW + days(3), **said)
    assert states(life, code) == ["opfyldt", "opfyldt"]


@pytest.mark.parametrize(("code", "asks", "asked", "answers", "said"), PAIRS)
def test_an_answer_closes_the_one_it_names(
    life: Life, code: str, asks: H, asked: dict[str, Any], answers: H, said: dict[str, Any]
) -> None:
    life.happen(asks, NOW, **asked)
    second = life.happen(asks, NOW + days(1), **asked)
    life.happen(answers, NOW + days(2), **said, svarer_paa=str(second.id))
    assert states(life, code) == ["aaben", "opfyldt"]
    life.happen(answers, NOW + days(3), **said, svarer_paa=[])
    assert states(life, code) == ["aaben", "opfyldt"], "it says it answers none of them"


def test_fvl_19_one_partys_day_to_answer_does_not_replace_the_others(life: Life) -> None:
    life.happen(H.PARTSHOERING_SENDT, svarfrist="2026-03-24", part="mor")
    life.happen(H.PARTSHOERING_SENDT, NOW + days(2), svarfrist="2026-03-30", part="far")
    assert dues(life, "PARTSH", "aaben") == [date(2026, 3, 24), date(2026, 3, 30)]
    life.happen(H.PARTSHOERING_BESVARET, NOW + days(5), part="far")
    assert dues(life, "PARTSH", "aaben") == [date(2026, 3, 24)], "the father answered, not she"
    life.happen(H.PARTSHOERING_UDELADT, NOW + days(6), part="bedstemor")
    assert dues(life, "PARTSH", "aaben") == [date(2026, 3, 24)], "nobody asked her"


def test_fvl_22_each_decision_has_its_reasons(life: Life) -> None:
    one, other = str(uuid4()), str(uuid4())
    life.happen(H.AFGOERELSE_FORBEREDT, medhold=False, afgoerelse=one)
    life.happen(H.AFGOERELSE_FORBEREDT, NOW + days(1), medhold=False, afgoerelse=other)
    life.happen(H.AFGOERELSE_BEGRUNDET, NOW + days(2), afgoerelse=other)
    assert states(life, "BEGR") == ["aaben", "opfyldt"]


def test_bl_38_a_prolonged_order_goes_on_and_the_other_stands(life: Life) -> None:
    life.happen(H.PAALAEG_BESLUTTET)
    childs = life.happen(H.PAALAEG_BESLUTTET, NOW + days(1))
    longer = life.happen(H.PAALAEG_FORLAENGET, NOW + days(30), svarer_paa=str(childs.id))
    assert (states(life, "FORPAAL"), states(life, "FORPAAL-6M")) == (
        ["aaben", "opfyldt"],
        ["aaben"],
    )
    life.happen(H.PAALAEG_OPHOERT, NOW + days(40), svarer_paa=str(longer.id))
    assert (states(life, "FORPAAL"), states(life, "FORPAAL-6M")) == (
        ["aaben", "opfyldt"], ["opfyldt"],
    )  # fmt: skip


def test_an_order_that_ends_unnamed_ends_one_of_two_rules(life: Life) -> None:
    life.happen(H.PAALAEG_BESLUTTET)
    life.happen(H.PAALAEG_FORLAENGET, NOW + days(30))
    life.happen(H.PAALAEG_BESLUTTET, NOW + days(31))
    life.happen(H.PAALAEG_OPHOERT, NOW + days(40))
    assert (states(life, "FORPAAL"), states(life, "FORPAAL-6M")) == (
        ["opfyldt", "aaben"], ["opfyldt"],
    )  # fmt: skip


# -- what was noted wrong --------------------------------------------------------------------------

FORCE = {"opens_on": ("magt_anvendt",), "met_by": ("magtanvendelse_registreret",)}


def take_back(life: Life, wrong: UUID, *, gone: bool = True) -> None:
    with life.store.write(actor="karen", now=NOW + days(9)) as work:
        by = work.happened(H.HAENDELSE_TILBAGETAGET, sag=life.sag, data={"haendelse": str(wrong)})
        rettelser.take_back(work, wrong, life.sag, by=by.id, reason="Fejl")
        undoing.undo(
            work.connection, work.rules, wrong, by=by.id, now=work.now, reason="Fejl", gone=gone
        )


def test_taking_back_the_answer_opens_only_what_it_closed(life: Life) -> None:
    life.happen(H.MAGT_ANVENDT)
    life.happen(H.MAGT_ANVENDT, NOW + days(1))
    first = life.happen(H.MAGTANVENDELSE_REGISTRERET, NOW + days(2))
    life.happen(H.MAGTANVENDELSE_REGISTRERET, NOW + days(3))
    take_back(life, first.id)
    assert states(life, "MAGT-72") == ["aaben", "opfyldt"]


def test_taking_back_what_asked_gives_its_answer_to_the_other(life: Life) -> None:
    first = life.happen(H.MAGT_ANVENDT)
    life.happen(H.MAGT_ANVENDT, NOW + days(1))
    life.happen(H.MAGTANVENDELSE_REGISTRERET, NOW + days(2))
    take_back(life, first.id)
    assert states(life, "MAGT-72") == ["bortfaldet", "opfyldt"]


def test_taking_back_what_was_answered_by_name_leaves_the_other_open(life: Life) -> None:
    first = life.happen(H.MAGT_ANVENDT)
    life.happen(H.MAGT_ANVENDT, NOW + days(1))
    life.happen(H.MAGTANVENDELSE_REGISTRERET, NOW + days(2), svarer_paa=str(first.id))
    take_back(life, first.id)
    assert states(life, "MAGT-72") == ["bortfaldet", "aaben"]


def test_a_rule_that_is_switched_on_asks_for_what_is_not_answered_yet(life: Life) -> None:
    life.rules()
    life.happen(H.MAGT_ANVENDT)
    life.happen(H.MAGT_ANVENDT, NOW + days(1))
    life.happen(H.MAGTANVENDELSE_REGISTRERET, NOW + days(2))
    life.rules(rule("MAGT-72", recurs=True, each=True, **FORCE))
    with life.store.write(actor="system", now=NOW + days(3)) as work:
        open_missing(work.connection, work.rules, ["MAGT-72"], cases=[life.sag], now=work.now)
    assert states(life, "MAGT-72") == ["opfyldt", "aaben"]


# -- what ran before the rule was so ---------------------------------------------------------------


def test_what_was_opened_before_each_asked_for_itself_is_still_met(life: Life) -> None:
    life.rules(rule("MAGT-72", recurs=True, **FORCE))
    life.happen(H.MAGT_ANVENDT)
    life.happen(H.MAGT_ANVENDT, NOW + days(1))
    assert states(life, "MAGT-72") == ["aaben"]
    life.rules(rule("MAGT-72", recurs=True, each=True, **FORCE))
    life.happen(H.MAGT_ANVENDT, NOW + days(2))
    assert states(life, "MAGT-72") == ["aaben", "aaben"]
    life.happen(H.MAGTANVENDELSE_REGISTRERET, NOW + days(3))
    assert states(life, "MAGT-72") == ["opfyldt", "aaben"]
