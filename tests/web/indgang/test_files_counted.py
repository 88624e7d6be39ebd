"""How many files came in is counted right: what was here before did not come in."""

import pytest

from dubu_plugin.domain.intake import Status
from dubu_plugin.web.indgang.intake_page import _counted

NEW, BEFORE, REFUSED, LOOK = (
    Status.REGISTERED, Status.DUPLICATE, Status.REFUSED, Status.NEEDS_HUMAN,
)  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([NEW], "Filen er taget ind"),
        ([BEFORE], "Filen er her i forvejen"),
        ([REFUSED], "Filen er ikke taget ind"),
        ([NEW, LOOK], "2 filer er taget ind"),
        ([NEW, REFUSED], "1 af 2 filer er taget ind, 1 er ikke taget ind"),
        (
            [REFUSED, BEFORE, BEFORE, REFUSED],
            "Ingen af 4 filer er taget ind, 2 er her i forvejen, 2 er ikke taget ind",
        ),
    ],
)
def test_the_receipt_counts_what_came_in(statuses: list[Status], said: str) -> None:
    assert _counted(statuses) == said
