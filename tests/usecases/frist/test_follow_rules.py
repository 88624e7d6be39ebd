"""A rule file that is edited while the product serves is taken in, or told of and left."""

import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from dubu_plugin.app import Product
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import Decided
from dubu_plugin.frister.rulefiles import RuleFiles
from dubu_plugin.store.deadlines import recounting
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.follow_rules import follow_rules
from dubu_plugin.usecases.frist.tick import begin, tick
from tests.usecases.frist.conftest import House


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "regler"
    folder.mkdir()
    source = Path(str(files("dubu_templates"))) / "frister" / "underretning.toml"
    shutil.copy(source, folder / "underretning.toml")
    return folder


@pytest.fixture
def product(house: House, shelf: Path) -> Product:
    rules = RuleFiles([shelf])
    house.product.store.rules = rules.load()
    return replace(house.product, rule_files=rules)


def edit(shelf: Path, old: str, new: str) -> None:
    file = shelf / "underretning.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_files_that_are_as_they_were_are_not_read_again(product: Product) -> None:
    before = product.store.rules
    assert not follow_rules(product)
    assert product.store.rules is before


def test_a_good_change_is_in_use_at_once_and_counting_again_is_offered(
    product: Product, shelf: Path, house: House
) -> None:
    tick(product, house.town.now)
    with product.store.add() as connection:
        recounting.remember(connection, product.store.rules, house.town.now)
    edit(shelf, 'length = "6 hverdage"', 'length = "15 hverdage"')
    with capture_logs() as told:
        assert follow_rules(product)
    found = product.store.rules.newest("UND-KVIT")
    assert found is not None
    assert str(found.length) == "15 hverdage"
    (line,) = told
    assert (line["event"], line["changed"]) == ("rules_loaded", ["UND-KVIT"])
    assert line["next"] == "dubu frister recompute"


def test_a_broken_file_is_told_once_with_its_line_and_the_rules_stay(
    product: Product, shelf: Path
) -> None:
    before = product.store.rules
    edit(shelf, 'length = "6 hverdage"', 'length = "6 hverdag"')
    with capture_logs() as told:
        assert not follow_rules(product)
        assert not follow_rules(product)
    (line,) = told
    assert (line["event"], line["file"]) == ("rules_not_loaded", "underretning.toml")
    assert line["line"] > 1
    assert "hverdage" in line["reason"]
    assert product.store.rules is before
    assert product.rule_files is not None
    assert product.rule_files.wrong is not None
    edit(shelf, 'length = "6 hverdag"', 'length = "6 hverdage "')
    edit(shelf, '6 hverdage "', '7 hverdage"')
    assert follow_rules(product)
    assert product.rule_files.wrong is None


def test_a_file_that_is_removed_takes_its_rules_with_it(product: Product, shelf: Path) -> None:
    (shelf / "underretning.toml").unlink()
    assert follow_rules(product)
    assert product.store.rules.rules == ()


def test_a_tick_goes_on_telling_time_though_a_file_is_broken(
    product: Product, shelf: Path, house: House
) -> None:
    edit(shelf, "[[frist]]", "[[frist")
    with capture_logs():
        tick(product, house.town.now)


def test_an_installation_without_cases_begins_with_its_rules(product: Product) -> None:
    with product.store.add() as connection:
        connection.exec_driver_sql("UPDATE sager SET phase = 'closed'")
    begin(product, product.clock())
    with product.store.read() as connection:
        assert not recounting.changed(connection, product.store.rules).codes


def test_a_rule_that_dubu_toml_names_and_that_is_gone_leaves_the_rules_as_they_were(
    product: Product, shelf: Path
) -> None:
    decided = Decided(off=frozenset({"UND-KVIT"}))
    product = replace(product, rule_files=RuleFiles([shelf], decided))
    before = product.store.rules
    edit(shelf, 'code = "UND-KVIT"', 'code = "UND-KVITTERING"')
    with capture_logs() as told:
        assert not follow_rules(product)
    (line,) = told
    assert (line["event"], line["file"]) == ("rules_not_loaded", "dubu.toml")
    assert "UND-KVIT" in line["reason"]
    assert product.store.rules is before


def test_a_row_added_while_serving_that_overlaps_another_is_told_and_the_rules_stay(
    product: Product, shelf: Path
) -> None:
    """Two rows of a rule in force at once: nobody could say which of them counts."""
    before = product.store.rules
    text = (shelf / "underretning.toml").read_text(encoding="utf-8")
    first = text.split("[[frist]]")[1]
    (shelf / "vores.toml").write_text(f"[[frist]]{first}", encoding="utf-8")
    with capture_logs() as told:
        assert not follow_rules(product)
    (line,) = told
    assert (line["event"], line["file"], line["line"]) == ("rules_not_loaded", "vores.toml", 1)
    assert "gælder samtidig" in line["reason"]
    assert product.store.rules is before


def test_a_rule_that_is_removed_and_put_back_is_met_again(house: House) -> None:
    """A deadline whose rule is gone stands as it was; what happens meanwhile breaks nothing."""
    rules = (rule("OPF-1"), rule("ANDEN", met_by=("undersoegelse_opgivet",)))
    house.rules(*rules)
    house.happen(Haendelse.INDSATS_IVAERKSAT)
    house.rules(rules[1])
    house.happen(Haendelse.OPFOELGNING_AFHOLDT)
    assert house.row("OPF-1").state == "aaben"
    house.rules(*rules)
    house.happen(Haendelse.OPFOELGNING_AFHOLDT)
    assert house.row("OPF-1", "opfyldt").ended_at == house.town.now


def test_what_is_switched_against_the_delivery_stands_in_the_log(
    product: Product, shelf: Path
) -> None:
    decided = Decided(on=frozenset({"UND-REG"}), off=frozenset({"UND-KVIT", "UND-ORIENT3"}))
    product = replace(product, rule_files=RuleFiles([shelf], decided))
    edit(shelf, 'title = "24-timers vurdering"', 'title = "Vurdering"')
    with capture_logs() as told:
        assert follow_rules(product)
    said = {line["rule"]: line for line in told if line["event"].startswith("rule_switched")}
    assert {code: line["event"] for code, line in said.items()} == {
        "UND-KVIT": "rule_switched_off",
        "UND-REG": "rule_switched_on",
    }
    assert said["UND-KVIT"]["law"] == "BL § 138 stk. 1"
    assert "Loven gælder stadig (6 hverdage)" in said["UND-KVIT"]["means"]
    assert said["UND-KVIT"]["log_level"] == "warning"
