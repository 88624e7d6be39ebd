"""Register something as an underretning or an ansøgning: its row, its clocks, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.suggestions import Suggestions
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.keys import op_key, underretning_lane
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import copies, underretninger
from dubu_plugin.usecases.svarfrist.counted import AREA, said_on_receipt


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is to be registered, in the words it came in."""

    post: UUID
    channel: str
    received_at: datetime
    unit: str
    text: str = field(repr=False)
    subject: str = field(default="", repr=False)
    sender_name: str = field(default="", repr=False)
    words: Mapping[str, int] | None = field(default=None, repr=False)
    """The words it is found by, where they were found already; else the text is gone through."""
    copy_of: UUID | None = None
    """The underretning that came under the same Message-ID and says something else."""


def register(work: Work, arrived: Arrived, kind: Henvendelse, guess: Suggestions) -> UUID:
    """Register it with what the text suggests, start its clocks, and have the child looked for."""
    new = add_row(
        work,
        arrived,
        kind,
        {
            "pligt": guess.pligt,
            "underretter": guess.underretter,
            "professional": guess.professional,
            "anonymous": guess.anonymous,
            "notifier_name": guess.notifier_name[:200] or None,
            "notifier_organisation": guess.notifier_organisation[:200] or None,
            "notifier_address": guess.notifier_address[:300] or None,
            "orienteret": guess.orienteret,
        },
    )
    underretninger.set_concerns(work.connection, new, guess.concerns, suggested=True)
    said: dict[str, str | bool] = {"professional": bool(guess.professional)}
    if arrived.copy_of is not None:
        said[copies.FACT] = str(arrived.copy_of)
    record_receipt(work, new, kind, arrived, data=said)
    if guess.also_applies and kind is Henvendelse.UNDERRETNING:
        # The family is answered, whatever else it is (retssikkerhedsloven § 3, stk. 2).
        record_receipt(work, new, Henvendelse.ANSOEGNING, arrived, data=said)
    look_for_child(work, new)
    return new


def add_row(work: Work, arrived: Arrived, kind: Henvendelse, values: dict[str, Any]) -> UUID:
    """Store the row of something that is registered, and the words it is found by."""
    new = underretninger.add(
        work.connection,
        {
            "post_id": arrived.post,
            "henvendelse": kind,
            "state": underretninger.NEW,
            "received_at": arrived.received_at,
            "channel": arrived.channel,
            "text": arrived.text,
            "child_state": ChildState.UNKNOWN,
            "unit": arrived.unit,
            "protected": False,
            **values,
        },
    )
    words = arrived.words
    if words is None:
        words = words_of(
            arrived.text,
            arrived.subject,
            arrived.sender_name,
            values.get("notifier_organisation"),
        )
    search_words.index_new(work.connection, "underretning", new, words)
    return new


def words_of(
    text: str, subject: str, sender_name: str, organisation: str | None
) -> Mapping[str, int]:
    """Return the words something is found by, each with its weight."""
    title = f"{subject} {sender_name} {organisation or ''}"
    return search_words.weighed({Weight.TEXT: text, Weight.TITLE: title})


def record_receipt(
    work: Work,
    underretning: UUID,
    kind: Henvendelse,
    arrived: Arrived,
    *,
    data: dict[str, str | bool],
    sag: UUID | None = None,
    area: str | None = None,
) -> None:
    """Record that it was received, at the moment it was: that starts its clocks.

    An ansøgning is not assessed within 24 hours, but it gives reason to assume a need, so that it
    is screened (barnets lov § 18); and it is answered by the day its area has
    (retssikkerhedsloven § 3, stk. 2).

    :param area: what an ansøgning is about, where somebody has said so; else its words tell.
    """
    application = kind is Henvendelse.ANSOEGNING
    need: dict[str, str | bool] = {}
    if application:
        said = said_on_receipt(work.connection, arrived.text, arrived.received_at, area)
        need = {"behov": True, **said}
        if AREA in said:
            svarfrister.set_area(work.connection, underretning, said[AREA])
    work.happened(
        Haendelse.ANSOEGNING_MODTAGET if application else Haendelse.UNDERRETNING_MODTAGET,
        occurred_at=arrived.received_at,
        sag=sag,
        underretning=underretning,
        unit=arrived.unit,
        data={"henvendelse": kind, "kanal": arrived.channel, **need, **data},
    )


def look_for_child(work: Work, underretning: UUID, again: str = "") -> None:
    """Have the child and its family looked up in the address book, after the commit.

    :param again: what makes this time another than the first, such as the child just chosen.
    """
    work.tell(
        "match_child",
        lane=underretning_lane(underretning),
        key=op_key(underretning, f"match{again}"),
        payload={"underretning": str(underretning)},
    )
