"""What the case's own pages finish is not noted by hand, and going home by hand has its gates."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind as K
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import afgoerelser, klager
from dubu_plugin.store.tables import skrifter as rows
from dubu_plugin.usecases.sag.put_right import put_right
from dubu_plugin.usecases.sag.record_event import NotClear
from dubu_plugin.web.sag.record_view import title as event_title

from .desk import NOW, Desk

HERE = "Ligger som dokument 7 i journalen."


def written(desk: Desk, kind: K, state: SkriftState = SkriftState.UDKAST) -> UUID:
    """Have something be written on the case."""
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        sag = sager.by_id(work.connection, desk.sag)
        assert sag is not None
        number = skrifter.begin(work.connection, sag, kind, by="karen", now=desk.town.now).id
        work.connection.execute(
            sa.update(rows).where(rows.c.id == number).values(state=state)
        )  # fmt: skip
    return number


def refused(desk: Desk, what: H, at: Any = None, **more: Any) -> dict[str, str]:
    with pytest.raises(NotClear) as no:
        desk.say(what, at, **more)
    return dict(no.value.fields)


@pytest.mark.parametrize(
    ("what", "kind", "answers"),
    [
        (H.UNDERSOEGELSE_AFSLUTTET, K.BOERNEFAGLIG_UNDERSOEGELSE, {}),
        (H.UNDERSOEGELSE_OPGIVET, K.BOERNEFAGLIG_UNDERSOEGELSE, {}),
        (H.SCREENING_AFSLUTTET, K.SCREENING, {"udfald": "ingen"}),
        (H.AFDAEKNING_AFSLUTTET, K.AFDAEKNING, {}),
        (H.AFDAEKNING_AFSLUTTET, K.HANDICAPUDREDNING, {}),
        (H.BARNETS_PLAN_VEDTAGET, K.BARNETS_PLAN, {}),
        (H.UNGEPLAN_VEDTAGET, K.UNGEPLAN, {}),
        (H.UNGEPLAN_VEDTAGET, K.BARNETS_PLAN, {}),
    ],
)
def test_paragraf_20_and_91_what_is_written_here_is_not_finished_by_hand(
    desk: Desk, what: H, kind: K, answers: dict[str, str]
) -> None:
    written(desk, kind)
    assert "her på sagen" in refused(desk, what, answers=answers, text=HERE)[""]


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (H.UNDERSOEGELSE_AFSLUTTET, K.BOERNEFAGLIG_UNDERSOEGELSE),
        (H.BARNETS_PLAN_VEDTAGET, K.BARNETS_PLAN),
    ],
)
def test_paragraf_47_what_stands_here_gets_a_new_version_and_no_note(
    desk: Desk, what: H, kind: K
) -> None:
    written(desk, kind, SkriftState.GODKENDT)
    assert "ny version" in refused(desk, what, text=HERE)[""]


@pytest.mark.parametrize("state", [SkriftState.OPGIVET, SkriftState.VIDEREFOERT])
def test_paragraf_20_what_was_given_up_here_can_have_been_made_elsewhere(
    desk: Desk, state: SkriftState
) -> None:
    written(desk, K.BOERNEFAGLIG_UNDERSOEGELSE, state)
    desk.say(H.UNDERSOEGELSE_AFSLUTTET, text=HERE)


@pytest.mark.parametrize(
    "what", [H.UNDERSOEGELSE_AFSLUTTET, H.BARNETS_PLAN_VEDTAGET, H.UNGEPLAN_VEDTAGET]
)
def test_paragraf_91_what_was_made_elsewhere_says_where_it_lies(desk: Desk, what: H) -> None:
    assert "hvor den ligger" in refused(desk, what)["notat"]
    desk.say(what, text=HERE)


def test_what_was_noted_before_the_page_was_begun_is_put_right(desk: Desk) -> None:
    wrong = desk.say(H.UNDERSOEGELSE_AFSLUTTET, text=HERE)
    written(desk, K.BOERNEFAGLIG_UNDERSOEGELSE)
    right = desk.note(H.UNDERSOEGELSE_AFSLUTTET, NOW - timedelta(days=2))
    put_right(desk.sag, wrong, right, "Forkert dag.", **desk.act())


# -- §§ 46, 47 and 143: what is decided here is made here ------------------------------------------


def prepared(desk: Desk, matter: str) -> UUID:
    """Have a decision be prepared on the case from today."""
    number = written(desk, K.AFGOERELSE)
    desk.town.insert(
        afgoerelser, skrift_id=number, sag_id=desk.sag, matter=matter, state="forberedes",
        at_once=False, version=1,
    )  # fmt: skip
    return number


MADE = [
    ("anbringelse_samtykke", H.AFGOERELSE_TRUFFET,
     {"grundlag": "samtykke", "plan": "ja", "tilbud": "ja"}),
    ("stoette", H.AFGOERELSE_TRUFFET, {"grundlag": "stoette", "plan": "ja", "tilbud": "ja"}),
    ("anbringelse_uden", H.UDVALGSAFGOERELSE_TRUFFET,
     {"angaar": "anbringelse", "genbehandling": "et_aar"}),
    ("foreloebig", H.FORELOEBIG_AFGOERELSE_IVAERKSAT, {"foreloebig": "anbringelse_uden"}),
    ("undersoegelse", H.UNDERSOEGELSE_BESLUTTET,
     {"undersoegelse": "barnet", "overgreb": "nej", "kendskab": "2026-10-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("matter", "what", "answers"), MADE)
def test_paragraf_46_and_47_a_decision_that_is_prepared_here_is_made_here(
    desk: Desk, matter: str, what: H, answers: dict[str, str]
) -> None:
    prepared(desk, matter)
    assert "Træf den dér" in refused(desk, what, answers=answers, text=HERE)[""]


@pytest.mark.parametrize(("matter", "what", "answers"), MADE)
def test_paragraf_46_and_47_one_that_was_made_before_says_which_and_where_it_lies(
    desk: Desk, matter: str, what: H, answers: dict[str, str]
) -> None:
    prepared(desk, matter)
    before = NOW - timedelta(days=2)
    for mark in ("", "x"):
        assert "hvilken" in refused(desk, what, before, answers=answers, text=mark)["notat"]
    desk.say(what, before, answers=answers, text=HERE)


def test_a_decision_on_something_else_is_noted_beside_what_is_prepared(desk: Desk) -> None:
    prepared(desk, "anbringelse_uden")
    desk.say(H.AFGOERELSE_TRUFFET, answers={"grundlag": "stoette", "plan": "nej", "tilbud": "ja"})
    desk.say(H.UDVALGSAFGOERELSE_TRUFFET, answers={"angaar": "samvaer"})


def test_what_is_given_up_keeps_no_decision_from_being_noted(desk: Desk) -> None:
    number = prepared(desk, "anbringelse_samtykke")
    with desk.town.product.store.write(actor="karen", now=NOW) as work:
        work.connection.execute(
            sa.update(afgoerelser).where(afgoerelser.c.skrift_id == number).values(state="opgivet")
        )
    desk.say(H.AFGOERELSE_TRUFFET, answers={"grundlag": "samtykke", "plan": "nej", "tilbud": "ja"})


def test_paragraf_47_without_consent_is_noted_as_the_committees_decision(desk: Desk) -> None:
    answers = {"grundlag": "tvang", "plan": "ja", "tilbud": "ja"}
    found = refused(desk, H.AFGOERELSE_TRUFFET, answers=answers, text=HERE)["grundlag"]
    assert "børne- og ungeudvalget" in found
    assert event_title(H.UDVALGSAFGOERELSE_TRUFFET) in found


# -- § 100: going home -----------------------------------------------------------------------------

TODAY = date(2026, 11, 12)


def home_from(desk: Desk, first: date) -> UUID:
    """Have it be decided today that the child goes home from a day."""
    number = written(desk, K.AFGOERELSE, SkriftState.GODKENDT)
    desk.town.insert(
        afgoerelser, skrift_id=number, sag_id=desk.sag, matter="hjemgivelse", outcome="medhold",
        state="truffet", decided_on=TODAY, made_at=NOW, made_by="henrik", starts_on=first,
        at_once=False, version=1, law="BL § 100",
    )  # fmt: skip
    desk.town.happened(H.HJEMGIVELSE_BESLUTTET, sag=desk.sag, person=desk.child, data={})
    return number


@pytest.fixture
def placed(desk: Desk) -> Desk:
    at = NOW - timedelta(days=90)
    desk.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=desk.sag, person=desk.child, occurred_at=at)
    return desk


@pytest.mark.parametrize("what", [H.BARN_HJEMGIVET, H.ANBRINGELSE_OPHOERT])
def test_rsl_72_nobody_goes_home_by_hand_while_a_complaint_keeps_the_decision_back(
    placed: Desk, what: H
) -> None:
    decision = home_from(placed, TODAY)
    placed.town.insert(
        klager, id=uuid4(), sag_id=placed.sag, afgoerelse_id=decision, person_id=placed.child,
        received_at=NOW, form="skriftligt", words="Nej.", late=False, due_on=date(2026, 12, 10),
        suspensive=True, state="modtaget", noted_by="karen",
    )  # fmt: skip
    assert "§ 72" in refused(placed, what, text=HERE)[""].replace("\N{NO-BREAK SPACE}", " ")
    assert placed.row("OPF-1")


def test_paragraf_100_nobody_goes_home_by_hand_before_the_decisions_first_day(placed: Desk) -> None:
    home_from(placed, TODAY + timedelta(days=19))
    found = refused(placed, H.BARN_HJEMGIVET, text=HERE)
    assert "1.\N{NO-BREAK SPACE}december 2026" in found["sket"]
    placed.town.now += timedelta(days=20)
    wrong = placed.say(H.BARN_HJEMGIVET)
    with pytest.raises(NotClear) as no:
        put_right(
            placed.sag, wrong, placed.note(H.BARN_HJEMGIVET, NOW + timedelta(days=2)),
            "Forkert dag.", **placed.act(),
        )  # fmt: skip
    assert set(no.value.fields) == {"sket"}


def test_paragraf_100_going_home_by_hand_says_where_it_was_decided(placed: Desk) -> None:
    assert "§\N{NO-BREAK SPACE}100" in refused(placed, H.BARN_HJEMGIVET)["notat"]
    placed.say(H.BARN_HJEMGIVET, text="Retten besluttede det 11/11, dokument 8.")


def test_paragraf_100_a_placement_ended_by_hand_says_where_the_child_lives(placed: Desk) -> None:
    found = refused(placed, H.ANBRINGELSE_OPHOERT)["notat"]
    assert "hvor barnet bor fra nu" in found
    assert "Barnet hjemgivet" in found
    placed.say(H.ANBRINGELSE_OPHOERT, text="Er adopteret, Familieretshuset 12/11, dokument 9.")


def test_a_placement_ended_by_hand_asks_nothing_where_another_runs(placed: Desk) -> None:
    placed.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=placed.sag, person=placed.child, data={"anbringelse": "b"}
    )
    placed.say(H.ANBRINGELSE_OPHOERT)


def test_paragraf_100_the_period_noted_by_hand_is_counted_from_its_first_day(desk: Desk) -> None:
    period = {"uden_periode": "nej", "ende": "2027-05-30"}
    assert set(refused(desk, H.HJEMGIVELSE_BESLUTTET, answers=period)) == {"periode_fra"}
    desk.say(H.HJEMGIVELSE_BESLUTTET, answers={**period, "periode_fra": "2026-12-01"})
    assert danish_day(desk.row("HJEMG-PER").due) == date(2027, 5, 30)
    late = {**period, "periode_fra": "2026-11-12"}
    assert set(refused(desk, H.HJEMGIVELSE_BESLUTTET, answers=late)) == {"ende"}


def test_paragraf_100_without_a_period_no_first_day_is_asked(desk: Desk) -> None:
    desk.say(H.HJEMGIVELSE_BESLUTTET, answers={"uden_periode": "ja"})
    assert desk.rows("HJEMG-PER") == []
