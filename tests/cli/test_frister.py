"""``dubu frister on`` and ``compute``: what the rules say, and what they come to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (
            "UND-KVIT",
            "2026-12-23T10:00",
            {
                "rule": "UND-KVIT",
                "from": "2026-12-23T10:00:00+01:00",
                "due": "2027-01-04T23:59:59+01:00",
                "warn": "2026-12-29T00:00:00+01:00",
                "profile": "hverdag_duty",
                "law": "BL § 138 stk. 1",
            },
        ),
        (
            "und-24t",
            "2026-10-24T10:00:00Z",
            {
                "rule": "UND-24T",
                "from": "2026-10-24T12:00:00+02:00",
                "due": "2026-10-25T11:00:00+01:00",
                "warn": "2026-10-24T12:00:00+02:00",
                "profile": "hverdag_duty",
                "law": "BL § 136 stk. 2",
            },
        ),
        (
            "UND-ORIENT",
            "2026-05-01",
            {
                "rule": "UND-ORIENT",
                "from": "2026-05-01T00:00:00+02:00",
                "due": None,
                "warn": None,
                "profile": "hverdag_duty",
                "law": "BL § 138 stk. 2",
            },
        ),
    ],
)
def test_a_deadline_is_computed(
    dubu: Run, rule: str, start: str, expected: dict[str, str | None]
) -> None:
    answer = dubu("frister", "compute", rule, "--from", start, "--json")
    assert answer.status == 0
    assert json.loads(answer.out) == expected


def test_a_deadline_is_told_in_words(dubu: Run) -> None:
    told = dubu("frister", "compute", "UND-KVIT", "--from", "2026-05-01T15:30").out
    assert "Kvittering til underretter" in told
    assert "BL § 138 stk. 1" in told
    assert "intet tal" in dubu("frister", "compute", "UND-ORIENT", "--from", "2026-05-01").out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("UND-99", "--from", "2026-05-01"), 2, "UND-99"),
        (("UND-KVIT", "--from", "i morgen"), 2, "i morgen"),
        (("UND-KVIT", "--from", "2022-01-23"), 1, "gjaldt ikke den 23.1.2022"),
        (("UND-99", "--from", "2026-05-01"), 2, "KODE: Der er ingen regel"),
        (("UND-24T", "--from", "2026-03-29T02:30"), 2, "Kl. 02.30 den 29. marts 2026 findes ikke"),
        (
            ("BFU-4M", "--from", "2026-05-01", "--fact", "kendskab=2026-03-29T02:30"),
            2,
            "findes ikke",
        ),
        (
            ("BFU-4M", "--from", "2026-05-01", "--fact", "kendskab=2026-03-01T25:00"),
            2,
            "--fact: »2026-03-01T25:00« er ikke et tidspunkt",
        ),
        (("MAGT-72", "--from", "2024-01-01"), 1, "gjaldt ikke"),
        (("UND-KVIT",), 2, "--from"),
        (("UNGEST-6M", "--from", "2026-01-01"), 2, "--born 2010-05-14"),
        (("UNGEST-6M", "--from", "2026-01-01", "--born", "i maj"), 2, "ikke en dato"),
        (("UNGEST-30D", "--from", "2026-01-01", "--born", "2012-01-01"), 1, "et barn på 14 år"),
        (("OPF-N", "--from", "2026-01-01"), 2, "--fact naeste_opfoelgning="),
        (("OPF-N", "--from", "2026-01-01", "--fact", "termin=2026-05-01"), 2, "»termin«"),
        (("OPF-N", "--from", "2026-01-01", "--fact", "naeste_opfoelgning=x"), 2, "ikke en dato"),
        (("KLAGE-4U", "--from", "2026-01-01", "--fact", "forsendelse=due"), 2, "digital"),
        (("UND-24T", "--from", "2026-01-01", "--fact", "x=1"), 2, "regner ikke fra nogen"),
        (("BFU-4M", "--from", "9999-12-31"), 2, "for langt ude"),
    ],
)
def test_what_cannot_be_computed_is_said(
    dubu: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    answer = dubu("frister", "compute", *words)
    assert answer.status == status
    assert said in answer.err


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (("UNGEST-6M", "--born", "2009-03-15"), "2026-09-15T23:59:59+02:00"),
        (("OPF-N", "--fact", "naeste_opfoelgning=2026-11-20"), "2026-11-20T23:59:59+01:00"),
        (("KLAGE-4U", "--fact", "forsendelse=brev"), "2026-02-09T23:59:59+01:00"),
        (("KLAGE-4U",), "2026-01-29T23:59:59+01:00"),
        (("BFU-4M", "--fact", "kendskab=2025-12-31"), "2026-04-30T23:59:59+02:00"),
    ],
)
def test_what_a_rule_is_counted_from_is_said(dubu: Run, words: tuple[str, ...], due: str) -> None:
    code, *rest = words
    # Friday 2 January 2026; a letter takes 5, 6, 7, 8, 9 and 12 January, and then four weeks.
    start = "2026-01-02" if "brev" in str(rest) else "2026-01-01"
    answer = dubu("frister", "compute", code, "--from", start, *rest, "--json")
    assert json.loads(answer.out)["due"] == due


def computed(dubu: Run, *words: str) -> tuple[str, str]:
    told = json.loads(dubu("frister", "compute", *words, "--json").out)
    return told["due"], told["law"]


def test_a_rule_of_2023_is_computed_by_serviceloven(dubu: Run) -> None:
    assert computed(dubu, "UND-24T", "--from", "2023-06-01T10:00") == (
        "2023-06-02T10:00:00+02:00", "SEL § 155 stk. 2",
    )  # fmt: skip
    assert computed(dubu, "GENV-4U", "--from", "2026-01-05")[1] == "BEK 861/2025 § 11 stk. 1-5"
    # Six months, which barnets lov no longer has.
    assert computed(dubu, "OPF-N", "--from", "2023-06-01")[0] == "2023-12-01T23:59:59+01:00"


def test_over_new_year_2024_the_transition_decides_and_is_said(dubu: Run) -> None:
    due = computed(dubu, "UND-KVIT", "--from", "2023-12-28T10:00")
    assert due == ("2024-01-08T23:59:59+01:00", "BL § 138 stk. 1")
    told = dubu("frister", "compute", "UND-KVIT", "--from", "2023-12-28T10:00").out
    assert "begyndte under SEL § 155 b stk. 1" in told
    assert "§ 213 stk. 1" in told
    kept = dubu("frister", "compute", "GENB-1", "--from", "2023-06-01").out
    assert "1. juni 2024" in kept
    assert "består, som den var (§ 213 stk. 2)" in kept
    ran_out = dubu("frister", "compute", "UND-24T", "--from", "2023-06-01").out
    assert "§ 213" not in ran_out
    no_number = dubu("frister", "compute", "UND-SAMTALE", "--from", "2023-06-01").out
    assert "(SEL § 155 a stk. 2-3)" in no_number
    assert "færdiggøres den efter BL § 137 stk. 3-4" in no_number


def test_an_age_of_2023_is_the_one_serviceloven_had(dubu: Run) -> None:
    born = ("--born", "2011-06-10")
    assert computed(dubu, "PART-10", "--from", "2023-01-01", *born) == (
        "2023-06-10T00:00:00+02:00", "SEL §§ 72, 167, 168",
    )  # fmt: skip


def test_the_hour_that_comes_twice_is_the_first_and_the_other_can_be_asked_for(dubu: Run) -> None:
    first = dubu("frister", "compute", "UND-24T", "--from", "2026-10-25T02:30", "--json")
    assert json.loads(first.out)["due"] == "2026-10-26T01:30:00+01:00"
    assert "Her menes den første; skriv 2026-10-25T02:30+01:00" in first.err
    second = dubu("frister", "compute", "UND-24T", "--from", "2026-10-25T02:30+01:00", "--json")
    assert json.loads(second.out)["due"] == "2026-10-26T02:30:00+01:00"
    assert second.err == ""


def test_a_rule_that_is_off_is_computed_and_says_it_is_off(dubu: Run) -> None:
    told = dubu("frister", "compute", "UFU-3U", "--from", "2026-05-04").out
    assert "25. maj 2026" in told
    assert "slået fra" in told


def test_the_municipality_switches_rules_and_closes_in_dubu_toml(dubu: Run, tmp_path: Path) -> None:
    (tmp_path / "dubu.toml").write_text(
        '[frister]\non = ["UFU-3U"]\noff = ["NOTAT"]\n'
        "closing_days = [2026-06-08]\nletter_hverdage = 1\n",
        encoding="utf-8",
    )
    rules = {
        one["rule"]: one for one in json.loads(dubu("frister", "on", "2026-06-01", "--json").out)
    }
    assert (rules["UFU-3U"]["on"], rules["UFU-3U"]["off_because"]) == (True, "")
    assert (rules["NOTAT"]["on"], rules["NOTAT"]["off_because"]) == (
        False,
        "Slået fra i dubu.toml.",
    )

    def due(*words: str) -> str:
        told: str = json.loads(dubu("frister", "compute", *words, "--json").out)["due"]
        return told[:10]

    # Four weeks from 9 May end on a Saturday, and the Monday after the house is closed.
    assert due("KLAGE-4U", "--from", "2026-05-09") == "2026-06-09"
    assert due("KLAGE-4U", "--from", "2026-05-04", "--fact", "forsendelse=brev") == "2026-06-02"
    # The authority's own seven working days do not notice.
    assert due("AKT-7", "--from", "2026-05-29") == "2026-06-09"


def test_what_is_switched_against_the_delivery_is_said(dubu: Run, tmp_path: Path) -> None:
    (tmp_path / "dubu.toml").write_text(
        '[frister]\non = ["UFU-3U"]\noff = ["UND-24T", "GDPR-1M"]\n', encoding="utf-8"
    )
    told = dubu("frister", "on", "2026-06-01").out
    warned = [line for line in told.splitlines() if line.startswith("OBS: ")]
    assert [line.split()[1] for line in warned] == ["UND-24T", "UFU-3U"]
    assert "(BL § 136 stk. 2) er slået fra i dubu.toml. Loven gælder stadig (24 timer)" in warned[0]
    assert "ingen bliver mindet" in warned[0]
    assert "Kilden er ikke sikker" in warned[1]
    rules = json.loads(dubu("frister", "on", "2026-06-01", "--json").out)
    said = {rule["rule"]: rule["warning"] for rule in rules if rule["warning"]}
    assert set(said) == {"UND-24T", "UFU-3U"}


def test_as_they_are_delivered_nothing_is_warned_of(dubu: Run) -> None:
    assert "OBS" not in dubu("frister", "on", "2026-06-01").out


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('on = ["UFU-4U"]', "UFU-4U"),
        ('on = ["UFU-3U"]\noff = ["UFU-3U"]', "både"),
        ('closing_days = ["i går"]', "closing_days"),
        ("letter_hverdage = -1", "letter_hverdage"),
    ],
)
def test_what_was_decided_of_no_rule_is_refused(
    dubu: Run, tmp_path: Path, said: str, told: str
) -> None:
    (tmp_path / "dubu.toml").write_text(f"[frister]\n{said}\n", encoding="utf-8")
    answer = dubu("frister", "on", "2026-06-01")
    assert answer.status == 2
    assert told in answer.err


def test_a_narrow_terminal_gets_every_rule_whole(
    dubu: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = dubu("frister", "on", "2026-01-01").out
    monkeypatch.setenv("COLUMNS", "72")
    narrow = dubu("frister", "on", "2026-01-01").out
    assert max(map(len, wide.splitlines()[:20])) > 110
    assert "━" not in narrow
    for told in ("UND-KVIT", "6 hverdage", "BL § 138 stk. 1", "UFU-3U", "(slået fra)"):
        assert told in narrow


def test_the_rules_of_a_day_are_shown(dubu: Run) -> None:
    answer = dubu("frister", "on", "2026-01-01")
    assert answer.status == 0
    assert "6 hverdage" in answer.out
    assert "UND-REG er slået fra: " in answer.out
    rules = json.loads(dubu("frister", "on", "2024-06-01", "--json").out)
    (genv,) = [rule for rule in rules if rule["rule"] == "UND-GENV"]
    assert (genv["in_force_from"], genv["in_force_to"]) == ("2024-01-01", "2024-12-31")


def test_the_rules_of_2023_are_those_of_serviceloven(dubu: Run) -> None:
    rules = {
        one["rule"]: one for one in json.loads(dubu("frister", "on", "2023-06-01", "--json").out)
    }
    assert (rules["OPF-N"]["law"], rules["OPF-N"]["span"]) == ("SEL § 70 stk. 1", "6 måneder")
    assert rules["UND-24T"]["in_force_to"] == "2023-12-31"
    assert rules["AKT-7"]["law"] == "FVL § 16 stk. 2"
    assert not {one["law"] for one in rules.values() if one["law"].startswith("BL")}
    told = dubu("frister", "on", "2023-06-01")
    assert told.status == 0
    assert "24.1.2022–31.12.2023" in told.out


def test_a_day_without_rules_answers_no(dubu: Run) -> None:
    assert dubu("frister", "on", "2021-12-31").status == 1
    assert dubu("frister", "on", "i går").status == 2


def test_a_day_later_than_the_law_allows_is_said_and_not_counted_to(dubu: Run) -> None:
    asked = ("frister", "compute", "SAMV-8U", "--from", "2026-11-02", "--json", "--fact")
    late = dubu(*asked, "ende=2027-12-31")
    assert json.loads(late.out)["due"] == "2026-12-28T23:59:59+01:00"
    assert "kan det højst være til" in late.err
    kept = dubu(*asked, "ende=2026-12-01")
    assert (json.loads(kept.out)["due"][:10], kept.err) == ("2026-12-01", "")


def test_a_told_day_after_what_set_the_clock_going_is_refused(dubu: Run) -> None:
    asked = ("frister", "compute", "BFU-4M", "--from", "2026-11-02", "--fact")
    assert dubu(*asked, "kendskab=2026-11-02").status == 0
    late = dubu(*asked, "kendskab=2026-11-03")
    assert late.status == 2
    assert "kan ikke ligge efter den dag" in " ".join(late.err.replace("│", " ").split())


@pytest.mark.parametrize("start", ["9999-12-31T23:00"])
def test_a_year_that_cannot_be_counted_from_says_from_when_the_rules_are(
    dubu: Run, start: str
) -> None:
    told = " ".join(dubu("frister", "compute", "UND-24T", "--from", start).err.split())
    assert "begynder i 2022" in told.replace("│", " ").replace("  ", " ")


def test_a_file_that_is_being_written_is_not_called_a_setting(dubu: Run, tmp_path: Path) -> None:
    file = tmp_path / "min.toml"
    file.write_text("[[frist]\n")
    answer = dubu("frister", "check", str(file))
    assert answer.status == 2
    assert answer.err.startswith("Filen kan ikke bruges.")
    assert "Opsætningen" not in answer.err
