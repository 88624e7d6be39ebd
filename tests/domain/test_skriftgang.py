"""Where a skrift stands is read from what happened with it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftState as S
from dubu_plugin.domain.skriftgang import standing

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_each_stands_where_what_happened_last_leaves_it_the_newest_first() -> None:
    screening, bfu = str(uuid4()), str(uuid4())
    told = [
        (H.SKRIFT_BEGYNDT, screening, "screening"),
        (H.SKRIFT_GODKENDT, screening, "screening"),
        (H.SCREENING_AFSLUTTET, screening, "screening"),
        (H.SKRIFT_BEGYNDT, bfu, "boernefaglig_undersoegelse"),
        (H.SKRIFT_FREMLAGT, bfu, "boernefaglig_undersoegelse"),
    ]
    facts = [
        Fact(what, NOW + timedelta(hours=hours), {"skrift": key, "art": kind})
        for hours, (what, key, kind) in enumerate(told)
    ]
    assert [(str(one.skrift), one.state) for one in standing(facts)] == [
        (bfu, S.FREMLAGT),
        (screening, S.GODKENDT),
    ]
    back = Fact(H.SKRIFT_SENDT_TILBAGE, NOW + timedelta(days=1), {"skrift": bfu})
    assert standing([*facts, back])[0].state is S.SENDT_TILBAGE
