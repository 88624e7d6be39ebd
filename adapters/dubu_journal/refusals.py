"""What the host says no to. Each has a Danish sentence for the one at the screen."""

from datetime import datetime
from typing import ClassVar


class Refusal(Exception):
    """The host will not do it, and nothing was changed. Holds no name, CPR number or free text."""

    danish: ClassVar[str] = "Det kan ikke lade sig gøre."


class NotThere(Refusal):
    """There is no such object."""

    danish = "Det findes ikke, eller det er ikke noget, du kan se."


class CaseIsClosed(Refusal):
    """The case is closed and takes nothing more."""

    danish = "Sagen er afsluttet. Genåbn den, hvis der skal mere på den."


class Stale(Refusal):
    """The object was changed since it was read."""

    danish = "En anden har ændret det imens. Se den nye udgave, og gem så igen."

    def __init__(self, current: str) -> None:
        super().__init__(current)
        self.current = current
        """The version that is there now."""


class BadValue(Refusal):
    """A value cannot be used."""

    danish = "Et felt er ikke udfyldt, som det skal være."

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Held(Refusal):
    """Somebody has the draft out."""

    danish = "Kladden er tjekket ud. Vent, til den er tjekket ind igen."

    def __init__(self, by: str, since: datetime) -> None:
        super().__init__(by)
        self.by = by
        self.since = since


class NotHeld(Refusal):
    """The lock is not the one that holds the draft."""

    danish = "Du har ikke længere kladden. Tjek den ud igen."


class AlreadyFiled(Refusal):
    """The document is journalised and cannot be changed."""

    danish = "Dokumentet er journaliseret og kan ikke ændres. Journalisér et nyt i stedet."


class KeyTaken(Refusal):
    """The key already names a different write."""

    danish = "Nøglen er allerede brugt til noget andet."

    def __init__(self, existing: str) -> None:
        super().__init__(existing)
        self.existing = existing


class FileTooLarge(Refusal):
    """The file is larger than the host takes."""

    danish = "Filen er for stor."

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class DatabaseMissing(Refusal):
    """The journal's database is not there, or holds no tables. Nothing is made in its place."""

    danish = (
        "Journalens database er der ikke. Sig det til driften: er disken monteret? "
        "Ellers skal den lægges tilbage fra sikkerhedskopien."
    )


class FilesMissing(Refusal):
    """The journal's folder of files is not there, or is not the one that was set up."""

    danish = (
        "Journalens mappe med filer er der ikke. Sig det til driften: er disken monteret? "
        "Intet er gemt."
    )


class DiskFull(Refusal):
    """There is no room left. Nothing of the file was kept."""

    danish = "Der er ikke mere plads på disken. Sig det til driften; intet er gemt."
