"""The host's staff register and login as `dubu_plugin.ports.identity.Identity`."""

from collections.abc import Mapping, Sequence

from dubu_journal import login, users
from dubu_journal.port.operations import Operations
from dubu_journal.port.translated import translated
from dubu_plugin.ports.identity import Employee, Unit


class EmbeddedIdentity(Operations):
    """See `dubu_plugin.ports.identity.Identity` for each operation."""

    def who(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> str | None:
        """Return the key of the employee a web request comes from, or None."""
        token = login.token(headers, cookies)
        if token is None:
            return None
        with self._reading("who") as connection:
            user = login.who(connection, token, self.clock())
        if user is None:
            return None
        with translated("who"):
            login.seen(self.host.database, token, self.clock())
        return user.key

    def employee(self, key: str) -> Employee | None:
        """Return one employee, or None."""
        with self._reading("employee") as connection:
            user = users.user(connection, key)
        return None if user is None else _employee(user)

    def employees(self) -> Sequence[Employee]:
        """Return everybody, also those who have left."""
        with self._reading("employees") as connection:
            return [_employee(user) for user in users.every_user(connection)]

    def units(self) -> Sequence[Unit]:
        """Return the organisation."""
        with self._reading("units") as connection:
            rows = users.every_unit(connection)
        return [Unit(row.key, row.title, row.parent, row.phone, row.acute_phone) for row in rows]


def _employee(user: users.User) -> Employee:
    return Employee(
        key=user.key,
        login=user.login,
        name=user.name,
        unit=user.unit,
        roles=user.roles,
        person=None if user.contact_id is None else str(user.contact_id),
        active=user.active,
        title=user.title,
        phone=user.phone,
        email=user.email,
    )
