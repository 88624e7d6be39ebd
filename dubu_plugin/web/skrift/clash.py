"""Two have written in the same field: what one of them wrote is kept beside it until they choose.

It is kept as a draft of theirs, so it is still there after a log-out or a closed window. What could
not be saved for another reason, such as a version that was approved meanwhile, is kept in the same
way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.danish import whose
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.store import drafts
from dubu_plugin.store.skrift.tekster import At, Text, Written
from dubu_plugin.web.door import Visit
from dubu_plugin.web.skrift.fields import Asked, groups, name_of, needs
from dubu_plugin.web.skrift.opened import PART, Opened

BETWEEN: Final = "\n\n"


class Choice(StrEnum):
    """What somebody does with two texts in one field."""

    MINE = "behold"
    THEIRS = "brug"
    BOTH = "saml"


@dataclass(frozen=True, slots=True)
class Kept:
    """Something of mine that does not stand in the field it was written in."""

    name: str
    title: str
    mine: str = field(repr=False)
    theirs: str = field(repr=False)
    whose: str
    """Whose text stands there, for example ``Mettes``."""
    revision: int
    is_own: bool
    """The text there is by the same person, from another window."""


def form_of(opened: Opened, place: str) -> str:
    """Return the name of the draft of one page of a skrift."""
    return f"skrift:{opened.skrift.id}:{place}"[:100]


def keep(visit: Visit, opened: Opened, place: str, mine: Mapping[At, str]) -> None:
    """Keep some texts beside the fields they were written for, with those kept already.

    :raises drafts.TooMuchText: it is more than a draft can hold.
    """
    if not mine:
        return
    form = form_of(opened, place)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        before = drafts.kept(work.connection, visit.asker.key, form)
        fields = dict(before.fields) if before else {}
        fields |= {name_of(at): [text] for at, text in mine.items()}
        drafts.keep(work, form, fields, base_version=opened.skrift.version)


def forget(visit: Visit, opened: Opened, place: str, name: str) -> None:
    """Forget what was kept beside one field: it is chosen, or chosen against."""
    form = form_of(opened, place)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        before = drafts.kept(work.connection, visit.asker.key, form)
        rest = {key: value for key, value in before.fields.items() if key != name} if before else {}
        if rest:
            drafts.keep(work, form, rest, base_version=opened.skrift.version)
        else:
            drafts.drop(work, form)


def kept(connection: sa.Connection, visit: Visit, opened: Opened, place: str) -> Sequence[Kept]:
    """Return what is kept beside the fields of a page and says something else than they do."""
    draft = drafts.kept(connection, visit.asker.key, form_of(opened, place))
    if draft is None:
        return ()
    return [
        _of(opened, visit, asked, draft.fields[asked.name][-1])
        for asked in _fields(opened, place)
        if asked.name in draft.fields
        and cleaned(draft.fields[asked.name][-1]) not in ("", asked.value)
    ]


def chosen(one: Kept, choice: Choice) -> Written | None:
    """Return what is to be written, or None where what stands there stays."""
    if choice is Choice.THEIRS:
        return None
    texts = (one.theirs, one.mine) if choice is Choice.BOTH else (one.mine,)
    return Written(BETWEEN.join(filter(None, texts)), one.revision)


def _fields(opened: Opened, place: str) -> Iterator[Asked]:
    for group in groups(opened, place):
        yield from group
    if not place.startswith(PART):
        yield from needs(opened, place)


def _of(opened: Opened, visit: Visit, asked: Asked, mine: str) -> Kept:
    there: Text | None = opened.said.get(asked.at)
    own = there is not None and there.written_by == visit.asker.key
    name = opened.names.get(there.written_by, "") if there else ""
    return Kept(
        name=asked.name,
        title=asked.title,
        mine=cleaned(mine),
        theirs=asked.value,
        whose="den, der står" if own or not name else whose(name),
        revision=there.revision if there else 0,
        is_own=own,
    )
