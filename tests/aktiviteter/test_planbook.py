"""A plan file says exactly what it should, or is refused with file, line and reason."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.aktiviteter.planfile import PlanError
from dubu_plugin.frister.rulebook import RuleBook

SHELF = Path(str(files("dubu_templates")))
OURS = [SHELF / "kataloger" / "aktiviteter.toml", SHELF / "aktivitetsplaner"]

WHOLE = """\
# A comment, so that the plan does not begin on line 1.
[[aktivitet]]
code = "X01"
title = "Møde med skolen"

[[plan]]
code = "SKOLE"
title = "Skoleskift"
about = "Barnet skifter skole."
bundle = "skole"

[[plan.trin]]
activity = "X01"
after = "2 weeks"

[[plan.trin]]
activity = "B06"
before = "X01"
role = "leder"
"""


@pytest.fixture(scope="session")
def rules() -> RuleBook:
    return RuleBook.load([SHELF / "frister"])


@pytest.fixture(scope="session")
def ours(rules: RuleBook) -> PlanBook:
    return PlanBook.load(OURS, rules)


def load(folder: Path, rules: RuleBook, text: str) -> PlanBook:
    (folder / "egne.toml").write_text(text, encoding="utf-8")
    return PlanBook.load([*OURS, folder], rules)


def test_the_sixteen_plans_and_the_catalogue_are_there(ours: PlanBook) -> None:
    assert sorted(ours.plans, key=lambda code: int(code[1:])) == [f"P{n}" for n in range(1, 17)]
    assert len(ours.types) == 88


def test_what_the_law_asks_for_says_where(ours: PlanBook) -> None:
    must = [kind for kind in ours.types.values() if kind.lovpligtig]
    assert len(must) == 28
    assert [kind.code for kind in must if not kind.law] == []


def test_a_date_of_the_law_is_never_a_plans_own(ours: PlanBook) -> None:
    own = [
        (plan.code, step.key)
        for plan in ours.plans.values()
        for step in plan.steps
        if step.frist and (step.after or step.before)
    ]
    assert own == []


def test_a_municipality_adds_plans_and_types(tmp_path: Path, rules: RuleBook) -> None:
    book = load(tmp_path, rules, WHOLE)
    plan = book.plans["SKOLE"]
    assert [step.title for step in plan.steps] == ["Møde med skolen", "Statusudtalelse bedt om"]
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    due = [plan.due(step, monday) for step in plan.steps]
    assert due == [datetime(2026, 3, 16, 22, 59, 59, tzinfo=UTC)] * 2


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ('"skole"\n', '"skole\n', 10, "mangler sit anførselstegn"),
        ("[[aktivitet]]", "[[type]]", 2, "skriv det under [[aktivitet]] eller [[plan]]"),
        ('title = "Skoleskift"\n', "", 6, "»title« mangler"),
        ("2 weeks", "2 uger", 14, "»after«: skriv et tal"),
        ('role = "leder"', 'role = "chef"', 19, "»role« kender ikke »chef«"),
        ('role = "leder"', 'rolle = "leder"', 19, "»rolle« kendes ikke"),
        ('before = "X01"', 'before = "X01"\nafter = "1 days"', 16, "højst én dato"),
        ('activity = "B06"', 'activity = "B66"', 16, "B66 står ikke i kataloget"),
        ('before = "X01"', 'before = "B07"', 16, "ikke er et andet trin"),
        ('before = "X01"', 'frist = "UND-99"', 16, "ingen frist med koden UND-99"),
        ('activity = "B06"\nbefore = "X01"', 'activity = "X01"', 12, "der to gange"),
        ('bundle = "skole"', 'bundle = "skole"\nreplaces = ["P99"]', 6, "som ikke findes"),
        (
            'bundle = "skole"',
            'bundle = "skole"\napplied_on = ["skole_skiftet"]',
            11,
            "»applied_on« kender ikke",
        ),
        (
            'bundle = "skole"',
            'bundle = "skole"\napplied_on = ["sag_oprettet"]\nwhen = { skole = true }',
            6,
            "som ingen hændelse siger",
        ),
        ('code = "X01"', 'code = "A02"', 2, "A02 24-timers vurdering er lovpligtig"),
        ('code = "X01"', 'code = "X01"\nlovpligtig = true', 2, "skal sige i law"),
        (
            'activity = "X01"',
            'activity = "A02"\nlapses_with = ["sag_oprettet"]',
            12,
            "A02 er lovpligtig og kan ikke bortfalde",
        ),
    ],
)
def test_a_slip_is_told_with_file_line_and_reason(
    tmp_path: Path, rules: RuleBook, right: str, wrong: str, line: int, reason: str
) -> None:
    assert right in WHOLE
    with pytest.raises(PlanError) as slip:
        load(tmp_path, rules, WHOLE.replace(right, wrong, 1))
    assert (slip.value.file, slip.value.line) == (tmp_path / "egne.toml", line)
    assert reason in slip.value.reason


def test_steps_that_wait_for_each_other_are_refused(tmp_path: Path, rules: RuleBook) -> None:
    ring = WHOLE.replace('after = "2 weeks"', 'follows = "B06"')
    with pytest.raises(PlanError, match="venter på sig selv"):
        load(tmp_path, rules, ring)


def test_the_law_cannot_be_taken_out_of_a_plan_of_ours(tmp_path: Path, rules: RuleBook) -> None:
    mine = WHOLE.replace('"SKOLE"', '"P1"')
    with pytest.raises(PlanError, match=r"A02 24-timers vurdering.*kan ikke tages ud af P1"):
        load(tmp_path, rules, mine)


def test_a_type_no_law_asks_for_can_be_taken_away(tmp_path: Path, rules: RuleBook) -> None:
    gone = '[[aktivitet]]\ncode = "C04"\ntitle = "Familierådslagning"\non = false\n'
    assert "C04" not in load(tmp_path, rules, gone).types


def test_a_changed_plan_has_another_version(tmp_path: Path, rules: RuleBook) -> None:
    one = load(tmp_path, rules, WHOLE).plans["SKOLE"].version
    other = load(tmp_path, rules, WHOLE.replace("2 weeks", "3 weeks")).plans["SKOLE"].version
    assert one != other
    assert load(tmp_path, rules, WHOLE).plans["SKOLE"].version == one
