"""A placement ends only where it is known where the child lives from now (§§ 98-100)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.gates.begins import Decider
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState, ReasonKind
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.tables import klager, personer
from dubu_plugin.usecases.indsats.change import go_on
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.give_up import give_up
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .desk import HOME, RULED, TODAY, Desk


def ended(desk: Desk, its: Indsats, reason: str, words: str = "", **more: Any) -> None:
    end(desk.sag, its.id, TODAY, reason, words, seen=its.version, **more, **desk.act())


def wrong_of(desk: Desk, its: Indsats, reason: str, **more: Any) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its, reason, **more)
    assert desk.its(its.id).runs
    return dict(no.value.fields)


def of_age(desk: Desk, born: date) -> None:
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(personer).where(personer.c.id == desk.alma).values(born=born)
        )


@pytest.mark.parametrize(
    "reason",
    [
        "ophoer_maal_naaet", "ophoer_virker_ikke", "ophoer_samtykke", "ophoer_udebliver",
        "ophoer_flyttet", "ophoer_leverandoer", "ophoer_andet",
    ],
)  # fmt: skip
def test_paragraf_100_no_other_word_takes_a_child_home(desk: Desk, reason: str) -> None:
    found = wrong_of(desk, desk.placed(), reason, words="Det går godt.", elsewhere=RULED)
    assert set(found) == {"grund"}
    assert "§\u00a0100" in found["grund"]


def test_paragraf_100_every_reason_is_asked_or_refused(desk: Desk) -> None:
    its = desk.placed()
    group = desk.town.product.indsatser.indsats(its.code, TODAY)
    assert group is not None
    for one in desk.town.product.indsatser.reasons(ReasonKind.OPHOER, TODAY, group.group):
        if one.code != "ophoer_doed":
            assert wrong_of(desk, its, one.code), one.code


@pytest.mark.parametrize("reason", ["ophoer_fyldt_18", "ophoer_ungestoette"])
def test_paragraf_99_a_child_of_nine_is_not_eighteen(desk: Desk, reason: str) -> None:
    its = desk.placed()
    assert "§\u00a099" in wrong_of(desk, its, reason)["grund"]
    of_age(desk, date(2008, 6, 13))
    assert set(wrong_of(desk, its, reason)) == {"grund"}, "eighteen the day after tomorrow"
    of_age(desk, date(2008, 6, 12))
    ended(desk, its, reason)
    assert not desk.its(its.id).runs


@pytest.mark.parametrize("reason", ["ophoer_adopteret", "ophoer_afgjort_anderledes"])
def test_paragraf_99_what_others_decided_is_said_with_day_and_by_whom(
    desk: Desk, reason: str
) -> None:
    its = desk.placed()
    for more, field in (
        ({}, "afgjort_dag"),
        ({"elsewhere": replace(RULED, on=TODAY + timedelta(days=1))}, "afgjort_dag"),
        ({"elsewhere": Elsewhere(TODAY)}, "afgjort_af"),
        ({"elsewhere": replace(RULED, by=Decider.KOMMUNEN)}, "afgjort_af"),
        ({"elsewhere": replace(RULED, by=Decider.ANDEN_KOMMUNE)}, "afgjort_af"),
        ({"elsewhere": replace(RULED, paper="")}, "afgjort_hvor"),
        ({"elsewhere": replace(RULED, on=TODAY - timedelta(days=900))}, "afgjort_dag"),
    ):
        assert set(wrong_of(desk, its, reason, words="Hos farmor.", **more)) == {field}
    if reason == "ophoer_afgjort_anderledes":
        other = replace(RULED, by=Decider.FAMILIERETSHUSET)
        assert set(wrong_of(desk, its, reason, elsewhere=other)) == {"afgjort_af"}
        assert set(wrong_of(desk, its, reason, elsewhere=RULED)) == {"ord"}, "not what is decided"
    ended(desk, its, reason, "Alma bor hos sin farmor.", elsewhere=RULED)
    assert desk.history(its.id)[0].words == (
        "Afgjort 11. juni 2026 af Ankestyrelsen. Ligger her: Dokument 9.\nAlma bor hos sin farmor."
    )


def test_paragraf_98_another_placement_takes_over_only_where_there_is_one(desk: Desk) -> None:
    its = desk.placed()
    assert "§\u00a098" in wrong_of(desk, its, "ophoer_anden_indsats")["grund"]
    desk.begun()
    desk.placed(place="opholdssted", starts_on=TODAY + timedelta(days=2))
    assert set(wrong_of(desk, its, "ophoer_anden_indsats")) == {"grund"}, "a night between"
    desk.placed(place="opholdssted", starts_on=TODAY + timedelta(days=1))
    ended(desk, its, "ophoer_anden_indsats")
    assert not desk.its(its.id).runs


def test_paragraf_21_the_siblings_are_asked_about_once_while_that_is_open(desk: Desk) -> None:
    for _ in range(2):
        its = desk.placed()
        ended(desk, its, "ophoer_hjemgivet", elsewhere=HOME)
    assert desk.deadlines("BFU-SOSK") == ["aaben"]
    desk.town.happened(H.SOESKENDE_UNDERSOEGT, sag=desk.sag, person=desk.alma, data={})
    assert desk.deadlines("BFU-SOSK") == ["opfyldt"]


def took_over(desk: Desk) -> Indsats:
    """Return a placement that is planned and has taken over from one that ended."""
    its = desk.placed()
    planned = desk.placed(place="opholdssted", starts_on=TODAY + timedelta(days=1))
    ended(desk, its, "ophoer_anden_indsats")
    return planned


def given_up(desk: Desk, its: Indsats, reason: str = "", **more: Any) -> None:
    words = "Blev ikke til noget."
    give_up(desk.sag, its.id, words, seen=its.version, reason=reason, **more, **desk.act())


def not_given_up(desk: Desk, its: Indsats, reason: str = "", **more: Any) -> set[str]:
    with pytest.raises(IndsatsNotClear) as no:
        given_up(desk, its, reason, **more)
    assert desk.its(its.id).state is IndsatsState.PLANLAGT
    return set(no.value.fields)


def test_paragraf_100_what_took_over_from_a_placement_is_not_just_given_up(desk: Desk) -> None:
    planned = took_over(desk)
    assert not_given_up(desk, planned) == {"grund"}
    for reason in ("ophoer_andet", "ophoer_samtykke", "ophoer_anden_indsats", "ophoer_fyldt_18"):
        assert not_given_up(desk, planned, reason) == {"grund"}, reason
    home = "ophoer_hjemgivet"
    assert not_given_up(desk, planned, home) == {"grund"}, "nothing is decided"
    assert not_given_up(desk, planned, home, elsewhere=RULED) == {"periode_til"}
    other = desk.placed(place="doegninstitution", starts_on=TODAY + timedelta(days=9))
    assert not_given_up(desk, planned) == {"grund"}, "nights between"
    given_up(desk, planned, home, elsewhere=HOME)
    assert len(desk.happened(H.BARN_HJEMGIVET)) == 1
    assert len(desk.happened(H.HJEMGIVELSE_BESLUTTET)) == 1
    assert "Hjemgivelsesperioden er fra" in desk.history(planned.id)[0].words
    given_up(desk, other)


def test_paragraf_100_a_decision_on_the_case_lets_what_took_over_be_given_up(desk: Desk) -> None:
    planned = took_over(desk)
    decision = desk.decision("hjemgivelse")
    desk.complaint(decision)
    assert "" in not_given_up(desk, planned, "ophoer_hjemgivet"), "§ 72"
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        work.connection.execute(sa.delete(klager))
    given_up(desk, planned, "ophoer_hjemgivet")
    assert len(desk.happened(H.BARN_HJEMGIVET)) == 1
    assert not desk.happened(H.HJEMGIVELSE_BESLUTTET), "it is told where it was made"


def test_paragraf_98_another_that_is_planned_takes_the_place_of_what_is_given_up(
    desk: Desk,
) -> None:
    planned = took_over(desk)
    other = desk.placed(place="doegninstitution", starts_on=TODAY + timedelta(days=1))
    given_up(desk, planned)
    assert not_given_up(desk, other) == {"grund"}


def test_a_planned_placement_that_takes_over_from_none_is_given_up_with_why(desk: Desk) -> None:
    given_up(desk, desk.placed(starts_on=TODAY + timedelta(days=1)))
    runs = desk.placed()
    given_up(desk, desk.placed(place="opholdssted", starts_on=TODAY + timedelta(days=1)))
    ended(desk, runs, "ophoer_hjemgivet", elsewhere=HOME)
    given_up(desk, desk.placed(place="opholdssted", starts_on=TODAY + timedelta(days=1)))


def test_paragraf_143_stk_4_what_the_committee_does_not_approve_ends_with_the_child_home(
    desk: Desk,
) -> None:
    decision = desk.decision("foreloebig")
    its = desk.begun("anbringelse_akut", afgoerelse=decision, place="almen_plejefamilie",
                     reason="omsorgssvigt")  # fmt: skip
    assert set(wrong_of(desk, its, "ophoer_hjemgivet")) == {"grund"}, "a decision is asked for"
    desk.town.happened(H.FORELOEBIG_AFGOERELSE_BORTFALDET, sag=desk.sag)
    assert desk.deadlines("AKUT-HJEM") == ["aaben"]
    with pytest.raises(IndsatsNotClear) as no:
        go_on(desk.sag, its.id, None, "Vi venter.", seen=its.version, **desk.act())
    assert "§\u00a0143" in no.value.fields[""]
    end(desk.sag, its.id, TODAY, "ophoer_hjemgivet", "", seen=its.version, **desk.act())
    assert desk.deadlines("AKUT-HJEM") == ["opfyldt"]
    assert desk.happened(H.BARN_HJEMGIVET)
