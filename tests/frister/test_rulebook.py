"""A rule file says exactly what it should, or is refused with file, line and reason."""

import re
from datetime import date
from pathlib import Path

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.rulefile import RuleError, read
from tests.frister.rows import WHOLE


def load(folder: Path, *texts: str) -> RuleBook:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    return RuleBook.load([folder])


def refused(folder: Path, *texts: str) -> RuleError:
    with pytest.raises(RuleError) as slip:
        load(folder, *texts)
    return slip.value


def test_a_whole_rule_is_read(tmp_path: Path) -> None:
    (rule,) = load(tmp_path, WHOLE).rules
    assert (rule.code, str(rule.length), rule.profile) == ("TEST-1", "6 hverdage", "hverdag_duty")
    assert rule.opens_on == {Haendelse.UNDERRETNING_MODTAGET}
    assert rule.in_force(date(2024, 1, 1))
    assert not rule.in_force(date(2023, 12, 31))


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ('"sikker"\n', '"sikker\n', 14, "mangler sit anførselstegn"),
        ("[[frist]]", "[[rule]]", 2, "»rule« kendes ikke her; skriv det under [[frist]]"),
        ("[[frist]]", "[frist]", 2, "to klammer"),
        ('title = "En prøve"\n', "", 2, "»title« mangler"),
        ("length =", "laengde =", 12, "»laengde« kendes ikke"),
        ("underretning_modtaget", "underretning_glemt", 10, "»opens_on« kender ikke"),
        ("6 hverdage", "6 dage", 12, "»length«: skriv et tal og en af"),
        ("2024-01-01", '"i går"', 9, "»in_force_from«"),
        ("TEST-1", "test 1", 3, "»code«"),
        ('"§ 1"', '"1"', 8, "»section«"),
        ('met_by = ["underretning_vurderet"]\n', "", 2, "både opens_on og met_by"),
        ('confidence = "sikker"', 'confidence = "sikker"\non = false', 2, "sige hvorfor"),
        ("2024-01-01", "2024-01-01\nin_force_to = 2023-01-01", 2, "ligger før"),
        ('length = "6 hverdage"', 'warn_before = "1 days"', 2, "kræver en length"),
        ('bundle = "proeve"', 'bundle = "Prøve"', 13, "»bundle«"),
        ('bundle = "proeve"', 'bundle = "proeve"\nprofile = "skaldet"', 14, "»profile«"),
        # what has just come in knows no case: such a rule would never open
        ('bundle = "proeve"', 'bundle = "proeve"\nsubject = "sag"', 2, "endnu ingen sag"),
    ],
)
def test_a_slip_is_told_with_file_line_and_reason(
    tmp_path: Path, right: str, wrong: str, line: int, reason: str
) -> None:
    assert right in WHOLE
    slip = refused(tmp_path, WHOLE.replace(right, wrong, 1))
    assert slip.file == tmp_path / "0.toml"
    assert slip.line == line
    assert reason in slip.reason
    assert str(slip).startswith(f"{tmp_path / '0.toml'}, linje {line}: ")


def test_of_many_words_those_that_are_alike_are_told_and_of_few_all_of_them(tmp_path: Path) -> None:
    slip = refused(tmp_path, WHOLE.replace("underretning_modtaget", "underretning_modtagt", 1))
    assert "mente du »underretning_modtaget«" in slip.reason
    unlike = refused(tmp_path, WHOLE.replace("underretning_modtaget", "noget_andet", 1))
    assert "mente du" not in unlike.reason
    assert "dubu frister haendelser" in unlike.reason
    few = refused(tmp_path, WHOLE.replace('bundle = "proeve"', 'bundle = "x"\nkind = "ønske"', 1))
    assert "brug »frist«, »pligt«" in few.reason


def test_the_line_is_that_of_the_rule_that_slipped(tmp_path: Path) -> None:
    second = WHOLE.replace("TEST-1", "TEST-2").replace("6 hverdage", "seks")
    assert refused(tmp_path, WHOLE + second).line == 12 + len(WHOLE.splitlines())


def test_two_versions_in_force_on_one_day_are_refused(tmp_path: Path) -> None:
    later = WHOLE.replace("2024-01-01", "2026-01-01")
    slip = refused(tmp_path, WHOLE, later)
    assert slip.file == tmp_path / "1.toml"
    assert "gælder samtidig" in slip.reason
    assert "0.toml, linje 2" in slip.reason
    assert "Giv den ene en anden kode" in slip.reason


def test_who_uses_the_code_of_one_of_ours_is_told_what_they_can_do(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours.toml", tmp_path / "own"
    ours.write_text(WHOLE, encoding="utf-8")
    own.mkdir()
    (own / "a.toml").write_text(WHOLE, encoding="utf-8")
    with pytest.raises(RuleError) as slip:
        RuleBook.load([ours, own], own=own)
    assert slip.value.file == own / "a.toml"
    assert "TEST-1 følger med programmet" in slip.value.reason
    assert 'off = ["TEST-1"]' in slip.value.reason
    # Two of their own they can both change.
    (own / "a.toml").write_text(WHOLE.replace("TEST-1", "A-1"), encoding="utf-8")
    joining = tmp_path / "b.toml"
    joining.write_text(WHOLE.replace("TEST-1", "A-1"), encoding="utf-8")
    with pytest.raises(RuleError, match="in_force_to"):
        RuleBook.load([ours, own], own=own, joining=joining)


def test_a_version_that_ends_the_day_before_makes_room_for_the_next(tmp_path: Path) -> None:
    early = WHOLE.replace("2024-01-01", "2024-01-01\nin_force_to = 2025-12-31")
    late = WHOLE.replace("2024-01-01", "2026-01-01")
    book = load(tmp_path, late, early)
    assert [rule.in_force_from.year for rule in book.versions["TEST-1"]] == [2024, 2026]
    assert [rule.in_force_from.year for rule in book.on(date(2025, 12, 31))] == [2024]
    assert [rule.in_force_from.year for rule in book.on(date(2026, 1, 1))] == [2026]
    newest = book.newest("TEST-1")
    assert newest is not None
    assert newest.in_force_from.year == 2026
    assert book.version("TEST-1", date(2024, 1, 1)) is not None
    assert book.version("TEST-1", date(2020, 1, 1)) is None
    assert book.newest("TEST-9") is None


def test_a_rule_that_is_off_opens_nothing_and_still_closes(tmp_path: Path) -> None:
    off = WHOLE + 'on = false\noff_because = "Usikkert."\n'
    book = load(tmp_path, off)
    assert book.opened_by(Haendelse.UNDERRETNING_MODTAGET) == []
    assert len(book.ended_by(Haendelse.UNDERRETNING_VURDERET)) == 1


ASKED = '{ indsats = true, overgreb = ["andre", "foraeldre"] }'


def test_a_condition_names_one_value_or_several(tmp_path: Path) -> None:
    (rule,) = load(tmp_path, WHOLE + f"when = {ASKED}\n").rules
    assert rule.applies({"indsats": True, "overgreb": "andre", "more": 1})
    assert rule.applies({"indsats": True, "overgreb": "foraeldre"})
    assert not rule.applies({"indsats": False, "overgreb": "andre"})
    assert not rule.applies({"indsats": True, "overgreb": "z"})
    assert not rule.applies({"indsats": True})


def test_a_condition_no_haendelse_can_meet_is_refused(tmp_path: Path) -> None:
    slip = refused(tmp_path, WHOLE + "when = { profesional = true }\n")
    assert "profesional" in str(slip)
    assert "professional" in str(slip)


def test_a_folder_without_rules_is_no_rules(tmp_path: Path) -> None:
    assert RuleBook.load([tmp_path, tmp_path / "nowhere"]).rules == ()


@pytest.mark.parametrize(
    ("law", "shown"),
    [
        ("BL § 1 stk. 2", "§ 1"),
        ("RSL § 1 stk. 2, § 3 a", "RSL § 1"),
        ("SEL § 1", "SEL § 1"),
        ("BEK 1064/2025 §§ 1-6; BL § 86", "BEK 1064/2025 § 1"),
        ("Kommunens egen", "§ 1"),
    ],
)
def test_the_paragraph_of_another_law_is_shown_with_that_law(
    tmp_path: Path, law: str, shown: str
) -> None:
    file = tmp_path / "regler.toml"
    text = re.sub(r'(?m)^law = ".*"$', f'law = "{law}"', WHOLE)
    file.write_text(text, encoding="utf-8")
    ((rule, _),) = read(file)
    assert (rule.law, rule.section) == (law, shown)
