"""What happened is said so that one need not open it to know."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.sag.sag_events import Event
from dubu_plugin.web.sag.event_words import ALL_WORDS, line

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LETTERS = {"kvittering": "Kvittering for underretning"}


def said(what: Haendelse, **data: str) -> str:
    shown = line(Event(what, NOW, "Karen Demotoft", None, dict(data)), {}, LETTERS)
    return f"{shown.title} | {shown.detail}".replace("\xa0", " ")


def test_a_filed_document_is_named() -> None:
    filed = Haendelse.DOKUMENT_JOURNALISERET
    assert "Originalen lagt på sagen" in said(filed, retning="in")
    assert "Kvittering for underretning lagt på sagen" in said(filed, brev="kvittering")
    assert "Dokument lagt på sagen" in said(filed)


def test_a_sent_letter_says_how_once() -> None:
    assert said(Haendelse.KVITTERING_SENDT, maade="post").count("sendt") == 1


def test_every_haendelse_has_words_and_a_symbol() -> None:
    for what in Haendelse:
        shown = line(Event(what, NOW, None, None, {}), {}, LETTERS)
        assert "_" not in shown.title
        assert shown.symbol


def test_no_haendelse_of_the_law_is_shown_by_its_code() -> None:
    rules = RuleBook.load([Path(str(files("dubu_templates"))) / "frister"]).rules
    asked = {what for rule in rules for what in rule.opens_on | rule.met_by | rule.annulled_by}
    assert asked - ALL_WORDS.keys() == set()
