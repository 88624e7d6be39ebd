"""Who may open what, decided here and nowhere else, and what is written down when they do.

A case opens where the host's own rule says so (`access.visible`) and no plugin closes it. What
hangs on a case opens with it. What somebody may not see is `NotThere`, as if there were none.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from dubu_journal import access, addresses, cases, documents, family
from dubu_journal import tables as t
from dubu_journal.access import Viewer
from dubu_journal.addresses import Contact
from dubu_journal.cases import Case
from dubu_journal.documents import Document
from dubu_journal.host import Host
from dubu_journal.plugins import Plugins
from dubu_journal.post_box import Item
from dubu_journal.refusals import NotThere
from dubu_journal.rows import first
from dubu_journal.tray import Letter
from dubu_journal.users import User

PERSON: Final = "person"


class Doors:
    """The doors of the client."""

    def __init__(
        self,
        host: Host,
        plugins: Plugins,
        post_units: frozenset[str],
        address_roles: frozenset[str],
    ) -> None:
        self._host = host
        self._plugins = plugins
        self._post_units = post_units
        self._address_roles = address_roles

    def case(
        self,
        connection: sa.Connection,
        viewer: Viewer,
        case_id: int,
        beside: Iterable[int] = (),
    ) -> Case:
        """Return a case that is this viewer's to see.

        :param beside: other cases the page will show, so that plugins are asked of all at once.
        :raises NotThere: there is none, or it is not theirs.
        """
        theirs = cases.select().where(t.cases.c.id == case_id, access.visible(viewer))
        case = first(connection, theirs, Case)
        if case is None or case_id in self._closed(viewer, [case_id, *beside]):
            raise NotThere(str(case_id))
        return case

    def document(self, connection: sa.Connection, viewer: Viewer, document_id: int) -> Document:
        """Return a document on a case that is this viewer's to see.

        :raises NotThere: see `case`.
        """
        document = documents.get(connection, document_id)
        self.case(connection, viewer, document.case_id)
        return document

    def open(self, viewer: Viewer, among: Iterable[Case]) -> list[Case]:
        """Return those cases, found by the host's own rule, that no plugin closes."""
        found = list(among)
        shut = self._closed(viewer, [case.id for case in found])
        return [case for case in found if case.id not in shut]

    def ids(self, viewer: Viewer, among: Iterable[int]) -> frozenset[int]:
        """Return those of the cases, found by the host's own rule, that no plugin closes."""
        found = frozenset(among)
        return found - self._closed(viewer, sorted(found))

    def sees_post(self, viewer: Viewer) -> bool:
        """Tell whether the viewer sees the post that comes in. An auditor does not."""
        return not viewer.audits and not self._post_units.isdisjoint(viewer.units)

    def post(self, viewer: Viewer, among: Iterable[Item]) -> list[Item]:
        """Return those of the items that this viewer may see: none for who sees no post."""
        found = list(among) if self.sees_post(viewer) else []
        shut = self._plugins.closed_post(viewer.user, [item.key for item in found])
        return [item for item in found if item.key not in shut]

    def letters(self, viewer: Viewer, among: Iterable[Letter]) -> list[Letter]:
        """Return those of the letters that are this viewer's own, or post they see to."""
        everybodys = self.sees_post(viewer)
        found = [one for one in among if everybodys or one.queued_by == viewer.user]
        shut = self._plugins.closed_letters(viewer.user, [one.op_key for one in found])
        return [one for one in found if one.op_key not in shut]

    def sees_people(self, user: User) -> bool:
        """Tell whether somebody's work has them look people up in the address book."""
        return not self._address_roles.isdisjoint(user.roles)

    def contacts(
        self, connection: sa.Connection, user: User, among: Iterable[Contact]
    ) -> list[Contact]:
        """Return those in the address book this user may see: no person but for their work.

        Nobody looks their own family up.
        """
        found = list(among)
        people = {one.id for one in found if one.kind == PERSON}
        if not people:
            return found
        if not self.sees_people(user):
            return [one for one in found if one.id not in people]
        if user.contact_id is None:
            return found
        kin = {one.id for _, one in family.of(connection, user.contact_id)}
        return [one for one in found if one.id not in kin]

    def contact(self, connection: sa.Connection, user: User, contact_id: int) -> Contact:
        """Return somebody in the address book.

        :raises NotThere: there is nobody, or they are not for this user; see `contacts`.
        """
        found = self.contacts(connection, user, [addresses.get(connection, contact_id)])
        if not found:
            raise NotThere(str(contact_id))
        return found[0]

    def write_down(
        self, viewer: Viewer, act: str, seen: Iterable[tuple[str, int]], now: datetime
    ) -> None:
        """Write that somebody looked. A page is not shown before this is on the disk.

        :param seen: the kind and the id of each.
        """
        who = {"at": now, "user": viewer.user, "act": act}
        rows = [{**who, "kind": kind, "object_id": object_id} for kind, object_id in seen]
        with self._host.database.writing() as connection:
            connection.execute(t.reads.insert(), rows)

    def _closed(self, viewer: Viewer, case_ids: list[int]) -> frozenset[int]:
        unknown = [case_id for case_id in case_ids if case_id not in viewer.shut]
        shut = self._plugins.closed(viewer.user, [str(case_id) for case_id in unknown])
        viewer.shut.update({case_id: str(case_id) in shut for case_id in unknown})
        return frozenset(case_id for case_id in case_ids if viewer.shut[case_id])
