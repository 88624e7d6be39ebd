"""What the skrifter say: a text for each place and field, as it stands in each version.

A text stands until the version it is written anew in. So a new version carries everything, what has
changed is what has a row of its own, and a text that stands since an older version says so.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.tables import tekster

SPELL: Final = timedelta(minutes=15)
"""Somebody who writes on within this time is still at the same text: »Fortryd« goes back to what
stood there when they began."""

At: TypeAlias = tuple[str, str]
"""A place and a field."""


@dataclass(frozen=True, slots=True)
class Text:
    """What stands at a place in a field."""

    text: str = field(repr=False)
    revision: int
    version: int
    """The version it was written in, and has stood since."""
    written_at: datetime
    written_by: str
    before: str = field(default="", repr=False)
    copied_from: UUID | None = None


Texts: TypeAlias = Mapping[At, Text]


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, and the revision they had on the screen; 0 where nothing stood there."""

    text: str = field(repr=False)
    seen: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else has written in the same field meanwhile. Nothing of either is lost."""

    at: At
    theirs: Text
    mine: str = field(repr=False)


def read(
    connection: sa.Connection,
    skrift: UUID,
    version: int,
    *,
    places: Collection[str] | None = None,
) -> Texts:
    """Return what a version says.

    :param places: only what stands there; None is everything.
    """
    query = sa.select(tekster).where(
        tekster.c.skrift_id == skrift, tekster.c.version == _newest(skrift, version)
    )
    if places is not None:
        query = query.where(tekster.c.place.in_(places))
    return {(row.place, row.field): _text(row) for row in connection.execute(query)}


def read_several(connection: sa.Connection, versions: Mapping[UUID, int]) -> Mapping[UUID, Texts]:
    """Return what versions of several skrifter say, by skrift."""
    found: dict[UUID, dict[At, Text]] = {skrift: {} for skrift in versions}
    if not found:
        return found
    wanted = [
        sa.and_(tekster.c.skrift_id == skrift, tekster.c.version == _newest(skrift, version))
        for skrift, version in versions.items()
    ]
    for row in connection.execute(sa.select(tekster).where(sa.or_(*wanted))):
        found[row.skrift_id][row.place, row.field] = _text(row)
    return found


def changed_in(
    connection: sa.Connection, skrift: UUID, older: int, newer: int
) -> Mapping[At, tuple[Text | None, Text]]:
    """Return what is not the same in two versions: what stood before, and what stands after.

    What was changed and changed back is the same. Only the texts that differ are read.
    """
    later = sa.select(tekster.c.place, tekster.c.field).where(
        tekster.c.skrift_id == skrift, tekster.c.version > older, tekster.c.version <= newer
    )
    touched = [(row.place, row.field) for row in connection.execute(later.distinct())]
    places = {place for place, _ in touched}
    if not touched:
        return {}
    before = read(connection, skrift, older, places=places)
    after = read(connection, skrift, newer, places=places)
    return {
        at: (before.get(at), after[at])
        for at in touched
        if (before[at].text if at in before else "") != after[at].text
    }


def write(
    connection: sa.Connection,
    skrift: UUID,
    version: int,
    written: Mapping[At, Written],
    *,
    by: str,
    now: datetime,
) -> tuple[Mapping[At, Text], Sequence[Clash]]:
    """Store what somebody wrote where nobody has written meanwhile.

    What is already there word for word is no change and no clash.

    :returns: what stands now in every field, and the fields where somebody was first.
    """
    standing = read(connection, skrift, version, places={place for place, _ in written})
    now_there: dict[At, Text] = {}
    clashes: list[Clash] = []
    for at, mine in written.items():
        there = standing.get(at)
        if there is None and not mine.text:
            continue
        if there is not None and there.text == mine.text:
            now_there[at] = there
        elif there is not None and there.revision != mine.seen and not _goes_on(there, mine, by):
            now_there[at] = there
            clashes.append(Clash(at, there, mine.text))
        else:
            now_there[at] = _put(connection, skrift, version, at, mine.text, there, by, now)
    return now_there, clashes


def undo(
    connection: sa.Connection,
    skrift: UUID,
    version: int,
    ats: Collection[At],
    *,
    by: str,
    now: datetime,
) -> int:
    """Put back what stood before its last writer began, and return in how many fields.

    What is put away stands in its place, so that a second time undoes the first. What somebody else
    wrote last stays.
    """
    standing = read(connection, skrift, version, places={place for place, _ in ats})
    done = 0
    for at in ats:
        there = standing.get(at)
        if there is None or there.written_by != by or there.version != version:
            continue
        values = {
            "revision": there.revision + 1, "text": there.before, "before": there.text,
            "written_at": now, "copied_from": None,
        }  # fmt: skip
        connection.execute(sa.update(tekster).where(_is_at(skrift, at, version)).values(values))
        done += 1
    return done


def copy_in(
    connection: sa.Connection,
    source: UUID,
    version: int,
    into: tuple[UUID, int],
    ats: Collection[At],
    *,
    by: str,
    now: datetime,
    reworded: Callable[[str], str] = str,
) -> Collection[At]:
    """Copy texts where nothing is written, under their own names; return which were copied.

    :param version: the version of the source that is copied from.
    :param reworded: gives each text as it is to stand.
    :param into: the other skrift and the version of it that is written in.
    """
    skrift, newest = into
    places = {place for place, _ in ats}
    found = read(connection, source, version, places=places)
    standing = read(connection, skrift, newest, places=places)
    copied = [
        at
        for at in ats
        if at in found and found[at].text and not (at in standing and standing[at].text)
    ]
    for at in copied:
        text = reworded(found[at].text)
        _put(connection, skrift, newest, at, text, standing.get(at), by, now, source)
    return copied


def copy(
    connection: sa.Connection,
    source: UUID,
    version: int,
    into: UUID,
    ats: Mapping[At, At],
    *,
    by: str,
    now: datetime,
) -> int:
    """Copy texts to the first version of another skrift, and return how many.

    Each says where it came from until somebody writes in it. What is empty is not copied.

    :param ats: where each is to stand, by where it stands.
    """
    found = read(connection, source, version, places={place for place, _ in ats})
    rows = [
        {
            "skrift_id": into, "place": ats[at][0], "field": ats[at][1], "version": 1,
            "revision": 1, "text": text.text, "before": "", "written_at": now, "written_by": by,
            "copied_from": source,
        }
        for at, text in found.items()
        if at in ats and text.text
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(tekster), rows)
    return len(rows)


def digest(texts: Texts) -> str:
    """Return the hash of everything a version says; what is empty says nothing."""
    said = {f"{place}/{name}": text.text for (place, name), text in texts.items() if text.text}
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def _newest(skrift: UUID, version: int) -> sa.ScalarSelect[Any]:
    """Return the version a text has stood since, as it is read in this one."""
    other = tekster.alias()
    return (
        sa.select(sa.func.max(other.c.version))
        .where(
            other.c.skrift_id == skrift,
            other.c.place == tekster.c.place,
            other.c.field == tekster.c.field,
            other.c.version <= version,
        )
        .correlate(tekster)
        .scalar_subquery()
    )


def _put(
    connection: sa.Connection,
    skrift: UUID,
    version: int,
    at: At,
    text: str,
    there: Text | None,
    by: str,
    now: datetime,
    copied_from: UUID | None = None,
) -> Text:
    place, name = at
    # Whoever empties a field has begun something new: what stood there a moment ago comes back.
    goes_on = there is not None and there.written_by == by and now - there.written_at < SPELL
    still = goes_on and bool(text)
    before = "" if there is None else there.before if still else there.text
    new = Text(text, (there.revision if there else 0) + 1, version, now, by, before, copied_from)
    values = {
        "revision": new.revision, "text": text, "before": before, "written_at": now,
        "written_by": by, "copied_from": copied_from,
    }  # fmt: skip
    if there is not None and there.version == version:
        connection.execute(sa.update(tekster).where(_is_at(skrift, at, version)).values(values))
    else:
        connection.execute(
            sa.insert(tekster).values(
                skrift_id=skrift, place=place, field=name, version=version, **values
            )
        )
    return new


def _is_at(skrift: UUID, at: At, version: int) -> sa.ColumnElement[bool]:
    place, name = at
    return sa.and_(
        tekster.c.skrift_id == skrift,
        tekster.c.place == place,
        tekster.c.field == name,
        tekster.c.version == version,
    )


def _goes_on(there: Text, mine: Written, by: str) -> bool:
    """Tell whether somebody writes on in their own text, from a screen a save behind.

    All that stands there is in what they send, so nothing is lost by taking it.
    """
    return there.written_by == by and bool(there.text) and there.text in mine.text


def _text(row: sa.Row[Any]) -> Text:
    return Text(
        row.text, row.revision, row.version, row.written_at, row.written_by, row.before,
        row.copied_from,
    )  # fmt: skip
