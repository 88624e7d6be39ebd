"""What is filed is told apart on a case by its title, and the title names nobody."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import TEXT, Reception
from dubu_plugin.usecases.underretning.place import document_title

LATE = datetime(2026, 5, 11, 22, 30, tzinfo=UTC)
"""Half past midnight of 12 May in Denmark."""


@pytest.fixture
def number(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


@pytest.mark.parametrize(
    ("what", "by", "anonymous", "title"),
    [
        (Henvendelse.UNDERRETNING, "2", False, "Underretning fra skolen, 12. maj 2026"),
        (Henvendelse.UNDERRETNING, "13", False, "Underretning fra familie eller bekendte, 12. maj"),
        (Henvendelse.UNDERRETNING, "13", True, "Underretning fra en anonym underretter, 12. maj"),
        (Henvendelse.UNDERRETNING, "99", False, "Underretning, 12. maj 2026"),
        (Henvendelse.UNDERRETNING, None, False, "Underretning, 12. maj 2026"),
        (Henvendelse.MELLEMKOMMUNAL, "1", False, "Underretning fra anden kommune, 12. maj 2026"),
        (Henvendelse.ANSOEGNING, "13", False, "Ansøgning, 12. maj 2026"),
    ],
)
def test_the_title_says_kind_source_and_danish_day_and_no_name(
    what: Henvendelse,
    by: str | None,
    anonymous: bool,
    title: str,
    reception: Reception,
    number: UUID,
) -> None:
    about = replace(
        reception.about(number),
        henvendelse=what,
        underretter=by,
        anonymous=anonymous,
        received_at=LATE,
        notifier_name="Tove Demosen",
    )
    said = document_title(about)
    assert said.startswith(title)
    assert "Tove" not in said


def test_two_underretninger_lie_on_the_case_under_two_titles(reception: Reception) -> None:
    reception.registered(made_post.eml(TEXT))
    text = "Politiet underretter om Alma Testvad, CPR 031216-4990."
    sender = "Politiet <vagt@politi.example>"
    reception.registered(made_post.eml(text, sender=sender, message_id="<2@x>"))
    titles = [one.meta.title for one in reception.documents()]
    assert len(set(titles)) == 2, titles
    assert not any("Alma" in title or "031216" in title for title in titles)
