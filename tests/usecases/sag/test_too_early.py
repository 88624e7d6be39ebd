"""What is noted as done before what asks for it had happened (barnets lov § 20)."""

from datetime import UTC, datetime, timedelta

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.usecases.sag.record_event import NotClear

from .desk import INDSATS, Desk

DECIDED = datetime(2026, 8, 26, 7, 5, tzinfo=UTC)
NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


def test_paragraf_20_an_undersoegelse_finished_before_it_was_decided_is_asked_about(
    desk: Desk,
) -> None:
    answers = {"undersoegelse": "barnet", "kendskab": "2026-08-07"}
    desk.say(H.UNDERSOEGELSE_BESLUTTET, DECIDED, answers=answers)
    for too_early in (DECIDED - timedelta(days=10), DECIDED - timedelta(days=30)):
        with pytest.raises(NotClear) as no:
            desk.say(H.UNDERSOEGELSE_AFSLUTTET, too_early, text="Dokument 7.")
        assert no.value.fields["sket"] == (
            "Det er før »Børnefaglig undersøgelse« blev sat i gang "
            "(onsdag 26. august 2026 kl. 09.05). Ret datoen."
        )
    assert desk.row("BFU-4M").ended_at is None
    desk.say(H.UNDERSOEGELSE_AFSLUTTET, DECIDED + timedelta(days=60), text="Dokument 7.")
    row = desk.row("BFU-4M", "opfyldt")
    assert row.ended_at > row.anchor_at


def test_an_earlier_follow_up_told_late_is_noted_and_the_newest_clock_runs_on(desk: Desk) -> None:
    desk.say(H.INDSATS_IVAERKSAT, NOW - timedelta(days=200), answers=INDSATS)
    later = {"naeste_opfoelgning": "2027-02-01"}
    desk.say(H.OPFOELGNING_AFHOLDT, NOW - timedelta(days=50), answers=later)
    running = desk.row("OPF-N")
    desk.say(H.OPFOELGNING_AFHOLDT, NOW - timedelta(days=90), answers=later)
    assert desk.row("OPF-N").id == running.id
