"""The indsatser of a case in the few lines of its panel."""

from datetime import UTC, datetime
from uuid import uuid4

from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.web.indsats.lines import indsats_lines

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_what_has_ended_says_both_days_and_comes_after_what_runs() -> None:
    over, runs = str(uuid4()), str(uuid4())
    facts = [
        Fact(H.INDSATS_IVAERKSAT, _at(3, 8), {"indsats": runs, "kode": "familiebehandling"}),
        Fact(H.INDSATS_IVAERKSAT, _at(4, 8), {"indsats": over, "kode": "stoette_i_hjemmet"}),
        Fact(H.INDSATS_OPHOERT, _at(3, 11), {"indsats": over}),
    ]
    lines = indsats_lines(uuid4(), facts, Catalogue(), NOW)
    assert [(one.detail.replace("\u00a0", " "), one.mark[0]) for one in lines] == [
        ("fra 3. august", "I gang"),
        ("4. august til 3. november", "Afsluttet"),
    ]


def _at(day: int, month: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)
