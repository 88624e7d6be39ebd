"""A mail's own moment and the one it was put in: which of them counts is said where they differ."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dubu_plugin.domain.intake import Status, told_apart
from dubu_plugin.store.tables import post_items
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.another_child import register_another_child

FRIDAY = datetime(2026, 2, 27, 7, tzinfo=UTC)


def test_a_mail_laid_in_days_later_says_so_and_which_moment_counts(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(TEXT, date="Fri, 27 Feb 2026 08:00:00 +0100"))
    assert receipt.status is Status.REGISTERED
    assert receipt.message == (
        "Underretningen er modtaget og gemt. Mailen siger selv, at den kom fredag 27. februar 2026 "
        "kl. 08.00, og det regnes fristerne fra. Den blev lagt ind her mandag 2. marts 2026 kl. "
        "13.40. Passer det ikke, så ret tidspunktet på dens side i Indgang."
    )


def test_a_mail_the_journal_received_another_day_than_it_says_tells_both(
    reception: Reception,
) -> None:
    raw = made_post.eml(TEXT, date="Fri, 27 Feb 2026 08:00:00 +0100")
    receipt = reception.receive(raw, received_at=NOW, host_key="post-1")
    assert "Fristerne regnes fra mandag 2. marts 2026 kl. 13.40." in receipt.message
    assert "at den kom fredag 27. februar 2026 kl. 08.00" in receipt.message
    (row,) = reception.rows(post_items)
    assert (row.received_at, row.said_at) == (NOW, FRIDAY)


@pytest.mark.parametrize("minutes", [0, 1, 119])
def test_an_ordinary_mail_that_is_a_little_late_says_nothing(minutes: int) -> None:
    said = NOW - timedelta(minutes=minutes)
    assert told_apart(NOW, said, NOW) == ""
    assert told_apart(said, said, NOW) == ""
    assert told_apart(said, None, NOW) == ""


def test_a_date_in_the_future_is_told_once(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(TEXT, date="Mon, 02 Mar 2099 09:14:00 +0100"))
    assert receipt.message.endswith("Tidspunktet er sat til, da vi modtog den.")


def test_the_second_child_of_an_old_mail_has_both_moments_too(reception: Reception) -> None:
    raw = made_post.eml(TEXT, date="Fri, 27 Feb 2026 08:00:00 +0100")
    first = reception.registered(raw)
    reception.town.now = NOW + timedelta(days=1)
    register_another_child(first, uuid4(), **reception.by())
    rows = reception.rows(post_items)
    assert {(row.received_at, row.said_at, row.stored_at) for row in rows} == {
        (FRIDAY, FRIDAY, NOW),
    }  # fmt: skip
