"""What an underretning is called at the top of its page."""

from dataclasses import replace
from pathlib import Path

import pytest

from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import build_reception
from dubu_plugin.web.underretning.view import headline


@pytest.mark.parametrize(
    ("kind", "organisation", "said"),
    [
        (Henvendelse.MELLEMKOMMUNAL, "Demolev Kommune", "Underretning fra Demolev Kommune"),
        (Henvendelse.MELLEMKOMMUNAL, None, "Underretning fra anden kommune"),
        (Henvendelse.UNDERRETNING, "Prøvestrup Skole", "Underretning fra Prøvestrup Skole"),
        (Henvendelse.ANSOEGNING, "Prøvestrup Skole", "Ansøgning fra Prøvestrup Skole"),
    ],
)
def test_it_says_from_whom_once(
    tmp_path: Path, kind: Henvendelse, organisation: str | None, said: str
) -> None:
    reception = build_reception(tmp_path)
    about = reception.about(reception.registered(made_post.eml()))
    reception.product.store.close()
    assert headline(replace(about, henvendelse=kind, notifier_organisation=organisation)) == said
