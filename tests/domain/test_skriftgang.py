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


def test_one_that_is_taken_up_again_stands_where_it_stood() -> None:
    key = str(uuid4())
    told: list[tuple[H, dict[str, str]]] = [
        (H.SKRIFT_BEGYNDT, {"art": "afdaekning"}),
        (H.SKRIFT_VIDEREFOERT, {}),
        (H.SKRIFT_GENOPTAGET, {"tilstand": "fremlagt"}),
    ]
    facts = [
        Fact(what, NOW + timedelta(hours=hours), {"skrift": key, **said})
        for hours, (what, said) in enumerate(told)
    ]
    assert [one.state for one in standing(facts)] == [S.FREMLAGT]


def test_one_that_stands_stands_also_where_its_new_version_is_given_up() -> None:
    key = str(uuid4())
    told = [H.SKRIFT_BEGYNDT, H.SKRIFT_GODKENDT, H.SKRIFT_NY_VERSION, H.SKRIFT_OPGIVET]
    facts = [
        Fact(what, NOW + timedelta(hours=hours), {"skrift": key, "art": "barnets_plan"})
        for hours, what in enumerate(told)
    ]
    assert [one.state for one in standing(facts)] == [S.GODKENDT]
