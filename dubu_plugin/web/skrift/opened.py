"""A skrift as it is opened: what it says, what it asks, and who may do what with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.skrift import DRAFTS, FORHOLD, OF_THEIR_OWN, WHOLE
from dubu_plugin.metode.method import Method
from dubu_plugin.metode.missing import Missing, missing, state_of
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift import behov, kilder, origins, skrifter, tekster
from dubu_plugin.store.skrift.behov import Behov
from dubu_plugin.store.skrift.kilder import Kilde
from dubu_plugin.store.skrift.origins import Origin
from dubu_plugin.store.skrift.skrifter import Skrift, Version
from dubu_plugin.store.skrift.tekster import At, Texts
from dubu_plugin.store.unit_names import employee_names
from dubu_plugin.usecases.skrift.begin import follower
from dubu_plugin.web.door import Visit
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.skrift.advisers_words import advisers_at

URL: Final = "/dubu/sag/{sag}/skrift"
ONE: Final = URL + "/{skrift}"

PART: Final = "del-"
"""What stands before a part's code in an address, so that it is never taken for a dimension's."""


@dataclass(frozen=True)
class Opened:
    """Everything a page about a skrift is drawn from, as it stood in one moment."""

    head: Head
    skrift: Skrift
    form: SkriftForm
    method: Method | None
    version: int
    """The version that is shown; the newest where no other is asked for."""
    said: Texts = field(repr=False)
    ever_needed: Sequence[Behov] = field(repr=False)
    """The needs, those without words now among them."""
    sources: Sequence[Kilde] = field(repr=False)
    versions: Sequence[Version] = field(repr=False)
    ask_names: Callable[[], Mapping[str, str]] = field(repr=False)
    """Asks for the names, where a page needs them."""
    ask_advisers: Callable[[], Sequence[str]] = field(repr=False)
    """Asks who was at the essential talks with the child, talk by talk (§ 21, stk. 5)."""
    origins: Mapping[UUID, Origin] = field(repr=False)
    """What texts here were copied from."""
    may_write: bool
    may_approve: bool
    today: date | None = None
    """The Danish day it is opened."""
    follower: Skrift | None = None
    """What grew from it and is written in instead; see `dubu_plugin.usecases.skrift.begin`."""

    @property
    def url(self) -> str:
        """Its address."""
        return ONE.format(sag=self.head.sag, skrift=self.skrift.id)

    @property
    def stood(self) -> bool:
        """Whether a version before the newest was approved: that one stands where this is left."""
        return any(
            one.approved_at is not None and one.number < self.skrift.version
            for one in self.versions
        )

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Who wrote, began, presented and approved, by key."""
        return self.ask_names()

    @cached_property
    def words(self) -> Mapping[At, str]:
        """What it says, by place and field."""
        return {at: text.text for at, text in self.said.items()}

    @cached_property
    def needs(self) -> Sequence[Behov]:
        """The needs it names."""
        return [one for one in self.ever_needed if one.text]

    @property
    def chosen(self) -> Sequence[str]:
        """The dimensions that are looked at, where not all of them are."""
        return [code for code in self.words.get((WHOLE, FORHOLD), "").split(",") if code]

    @property
    def places(self) -> Sequence[str]:
        """Every page of it in their order: parts, and the dimensions that are looked at."""
        before, after = (
            [PART + code for code in self.form.pages(after_dimensions=late)]
            for late in (False, True)
        )
        return [*before, *(code for code in self._dimensions if self.looks_at(code)), *after]

    @property
    def _dimensions(self) -> Sequence[str]:
        return [one.code for one in self.method.dimensions] if self.method else []

    @property
    def writes(self) -> bool:
        """Whether the one who looks can write in it now."""
        return self.may_write and self.skrift.is_open and self.version == self.skrift.version

    @property
    def is_draft(self) -> bool:
        """Whether it can be presented: it does not wait for the leader already."""
        return self.skrift.state in DRAFTS

    @property
    def closed(self) -> bool:
        """Whether the case is closed."""
        return self.head.phase == CLOSED

    @property
    def newest(self) -> Version:
        """The newest version."""
        return self.versions[0]

    @cached_property
    def lacking(self) -> Sequence[Missing]:
        """What must be there and is not."""
        today = self.today if self.skrift.is_open else None
        return missing(self.form, self.method, self.words, chosen=self.chosen, today=today)

    def looks_at(self, dimension: str) -> bool:
        """Tell whether a dimension is looked at."""
        return not self.form.chosen_dimensions or dimension in self.chosen

    def state(self, dimension: str) -> str:
        """Return ``skrevet``, ``i_gang``, ``ikke_relevant``, ``mangler`` or ``ikke_valgt``."""
        if not self.looks_at(dimension):
            return "ikke_valgt"
        assert self.method is not None
        return state_of(self.method, dimension, self.words)

    def needs_in(self, dimension: str) -> Sequence[Behov]:
        """Return the needs of a dimension."""
        return [one for one in self.needs if one.dimension == dimension]

    def address_of(self, part: str) -> str:
        """Return where a part is written: its page, and where on it."""
        first = self.form.on_page(part)[0].code
        return f"{self.url}/{PART}{first}" + (f"#del-{part}" if part != first else "")

    def place_title(self, place: str) -> str:
        """Return what a page of it is called."""
        if place.startswith(PART):
            first = self.form.on_page(place.removeprefix(PART))[0]
            return first.page or first.title
        assert self.method is not None
        one = self.method.by_code[place]
        return f"{one.number} {one.title}"


def opened(
    visit: Visit,
    key: str,
    *,
    version: int | None = None,
    to_save: bool = False,
    alone: bool = False,
) -> Opened:
    """Open a skrift of the case that is visited.

    :param key: its key as it stands in the address.
    :param version: an older version; None for the newest.
    :param to_save: only with what saving a form needs: no needs, sources, versions or names.
    :param alone: without needs and sources: the page has no use for them.
    :raises NotYours: the case has no such skrift, or it no such version.
    """
    number = key_in(key)
    with visit.reading() as connection:
        there = skrifter.with_versions(connection, number)
        if there is None or there[0].sag != visit.subject or there[0].kind in OF_THEIR_OWN:
            raise NotYours
        found, versions = there
        shown = found.version if version is None else version
        if not 1 <= shown <= found.version:
            raise NotYours
        if to_save:
            return _to_save(connection, visit, found, shown)
        return _read(connection, visit, found, versions, shown, alone=alone)


def _to_save(connection: sa.Connection, visit: Visit, found: Skrift, version: int) -> Opened:
    method = _method(visit, found)
    return Opened(
        head=sag_panel.head(connection, found.sag),
        skrift=found,
        form=visit.product.forms.on_case(found.kind, method, unborn=found.unborn),
        method=method,
        version=version,
        said=tekster.read(connection, found.id, version),
        ever_needed=(),
        sources=(),
        versions=(),
        ask_names=dict,
        ask_advisers=tuple,
        origins={},
        may_write=True,
        may_approve=False,
    )


def _read(
    connection: sa.Connection,
    visit: Visit,
    found: Skrift,
    versions: Sequence[Version],
    version: int,
    *,
    alone: bool,
) -> Opened:
    method = _method(visit, found)
    said = tekster.read(connection, found.id, version)
    people = {text.written_by for text in said.values()}
    people |= {one.begun_by for one in versions}
    people |= {who for one in versions for who in (one.presented_by, one.approved_by) if who}

    def ask_names() -> Mapping[str, str]:
        with visit.reading() as later:
            return employee_names(later, people)

    def ask_advisers() -> Sequence[str]:
        with visit.reading() as later:
            return advisers_at(later, found.sag)

    about = access.subject(connection, visit.asker, "sag", found.sag)
    may = {
        act: about is not None and bool(decide(visit.asker, act, about))
        for act in (Act.WRITE, Act.APPROVE)
    }
    return Opened(
        head=sag_panel.head(connection, found.sag),
        skrift=found,
        form=visit.product.forms.on_case(found.kind, method, unborn=found.unborn),
        method=method,
        version=version,
        said=said,
        ever_needed=() if alone else behov.ever_of(connection, found.id, said),
        sources=() if alone else kilder.of_skrift(connection, found.id),
        versions=versions,
        ask_names=ask_names,
        ask_advisers=ask_advisers,
        origins=origins.origins(
            connection, {one.copied_from for one in said.values() if one.copied_from}
        ),
        may_write=may[Act.WRITE],
        may_approve=may[Act.APPROVE],
        today=danish_day(visit.now),
        follower=follower(connection, found),
    )


def _method(visit: Visit, found: Skrift) -> Method | None:
    book = visit.product.methods.book
    method = book.method(found.method or "", found.method_version or "")
    return method.before_birth if method is not None and found.unborn else method
