"""What the installation decides: one ``dubu.toml``, read once, at start-up."""

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.toml_slips import VALUES, at_line, not_allowed, not_toml

ENVIRONMENT = "DUBU_CONFIG"
DEFAULT_FILE = Path("dubu.toml")


class Section(BaseModel):
    """A part of the file. A name nobody knows is an error, so that a slip is seen at start-up."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Intake(Section):
    """What is taken in, how much of it, and by whom."""

    unit: str = "modtagelse"
    """The host's key of the unit that looks at what came in (modtagelsen)."""
    on_call_unit: str = "doegnvagt"
    """The host's key of the unit that looks outside office hours (døgnvagten). An underretning is
    handed to it by a person; nothing goes there by itself."""
    largest_attachment: int = 50 * 1024 * 1024
    """In bytes. A larger attachment is kept out; the rest is kept, and a human gets a line."""
    largest_item: int = 200 * 1024 * 1024
    """In bytes. A larger item is refused whole."""
    largest_text: int = 5 * 1024 * 1024
    """How many characters are read out of one file."""


class Municipality(Section):
    """Who we are, as letters say it."""

    name: str = "Prøvestrup Kommune"
    code: str = "0999"
    address: str = "Rådhuspladsen 1, 9999 Prøvestrup"
    phone: str = "99 99 99 00"
    acute_phone: str = "99 99 99 11"
    """Where to call about a child in danger outside office hours."""
    website: str = "www.proevestrup.example"


class Web(Section):
    """How `dubu serve` listens, and who may show its pages."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    login: str = "/log-ind"
    """Where the host lets people log in. The way back is put after it, as ``?til=``."""
    address: str = ""
    """What stands before our paths outside the house, for example ``https://barn.example``. It is
    what a link in a calendar begins with."""
    metrics_token: str | None = Field(default=None, min_length=16, repr=False)
    """What another machine says to read the figures, as ``Authorization: Bearer …``; None where
    only this machine reads them."""
    embedders: tuple[str, ...] = ()
    """Origins besides our own that may show our pages in a frame: a host that runs elsewhere."""


class Frister(Section):
    """What the municipality decides of the deadline rules, and of how they are counted."""

    on: tuple[str, ...] = ()
    """Codes of rules that are delivered off, because the law was not sure, and run here."""
    off: tuple[str, ...] = ()
    """Codes of rules that do not run here."""
    closing_days: tuple[date, ...] = ()
    """Days the municipality is closed. Citizens' deadlines leave them out; its own do not."""
    letter_hverdage: int = Field(default=6, ge=0, le=30)
    """How many working days after it was sent a letter on paper is presumed received."""
    rules: Path = Path("regler")
    """Where the municipality's own deadline rules lie (`dubu frister install`). Relative to the
    file's folder; every machine that serves must see the same one."""


class Indsatser(Section):
    """What the municipality decides of the catalogue of indsatser."""

    on: tuple[str, ...] = ()
    """Codes of rows that are delivered off, and used here."""
    off: tuple[str, ...] = ()
    """Codes of indsatser, places and reasons that are not used here."""


class Afgoerelser(Section):
    """What the municipality decides of the catalogue of decisions."""

    on: tuple[str, ...] = ()
    """Codes of rows that are delivered off, and used here."""
    off: tuple[str, ...] = ()
    """Codes of rows that are not used here."""
    raadgiver: tuple[str, ...] = ()
    """Codes of what the adviser decides here, where the catalogue says the leader."""
    leder: tuple[str, ...] = ()
    """Codes of what the leader decides here, where the catalogue says the adviser."""
    undersoegelse_maaneder: int = Field(default=12, ge=0, le=120)
    """How old an undersøgelse may be where a decision rests on one, in months; an older one takes a
    new version or a reason. 0 lets it be as old as it is. The law gives no number."""


class Klage(Section):
    """Where complaints are sent, and how much at a time."""

    ankestyrelsen: str = "Ankestyrelsen, 7998 Statsservice"
    """Name and address as on the envelope; a comma begins a new line."""
    largest_part: int = Field(default=20 * 1024 * 1024, ge=64 * 1024)
    """In bytes. A package that is larger is split into parts that are not."""


class MinDag(Section):
    """What the municipality decides of reminders."""

    mail_hour: int = Field(default=7, ge=0, le=23)
    """From this hour of a working day, Danish time, the morning mail is sent."""
    mail: bool = True
    """Whether there is a morning mail. It also takes a mail server, under ``[kalender]``."""
    escalate_after: int = Field(default=2, ge=0, le=30)
    """How many working days after a statutory deadline was missed the leader is told."""


class Settings(BaseModel):
    """The whole file. An adapter reads the section named after its system with `section`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    database: str = "sqlite:///dubu.sqlite"
    """An SQLAlchemy address. A relative SQLite path starts at the file's folder."""
    files: Path = Path("filer")
    """Where originals and letters lie, by content. Relative to the file's folder."""
    chain_log: Path = Path("kaede.log")
    """Where the end of the chain of hændelser is written down now and then, outside the database.
    Relative to the file's folder; best on another disk, where lines can only be added."""
    methods: Path = Path("metoder")
    """Where the municipality's own methods lie (`dubu metode install`). Relative to the file's
    folder; every machine that serves must see the same one."""
    plans: Path = Path("planer")
    """Where the municipality's own activity plans lie (`dubu planer install`). Like `methods`."""
    training: bool = False
    """Mark every page as a training copy, and send nothing out of the house."""
    journal_system: str = "journal"
    """Which adapter is the host: the section it reads its own settings from."""
    calendar_system: str = "journal"
    """Whose calendar meetings stand in: the section of dubu.toml of the system that has it."""
    municipality: Municipality = Municipality()
    intake: Intake = Intake()
    frister: Frister = Frister()
    indsatser: Indsatser = Indsatser()
    web: Web = Web()
    min_dag: MinDag = MinDag()
    afgoerelser: Afgoerelser = Afgoerelser()
    klage: Klage = Klage()
    folder: Path = Path()
    """The folder of the file itself; set when it is read."""
    source: Path = DEFAULT_FILE
    """The file itself; set when it is read. A host hands it to the plugins it starts."""

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Return the settings in a file.

        :raises ConfigurationError: it cannot be read, or does not say what it should.
        """
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
            # Only a section can belong to an adapter we do not know; a lone name is a slip.
            strange = [name for name in given if not _known(cls, name, given[name])]
            if strange:
                raise ConfigurationError(
                    f"{path}: »{'«, »'.join(strange)}« er ikke en indstilling. Se stavningen."
                )
            return cls(**{**given, "folder": path.resolve().parent, "source": path.resolve()})
        except FileNotFoundError:
            raise ConfigurationError(
                f"Der er ingen fil {path}. Lav en med »dubu demo --dir D --no-serve«, "
                f"eller peg på din egen med --config."
            ) from None
        except OSError as no:
            why = "er en mappe" if path.is_dir() else "kan ikke læses"
            raise ConfigurationError(
                f"{path} {why}. Peg på en fil, som den, der starter dubu, må læse ({no.errno})."
            ) from None
        except UnicodeDecodeError:
            raise ConfigurationError(
                f"{path} er ikke en tekstfil i UTF-8. Gem den igen som UTF-8."
            ) from None
        except tomllib.TOMLDecodeError as slip:
            raise ConfigurationError(f"{path} {wrong_toml(slip)}") from None
        except ValidationError as slip:
            raise ConfigurationError(f"{path}: {wrong_in(slip)}") from None

    @classmethod
    def found(cls, chosen: Path | None = None) -> Self:
        """Return the settings in the chosen file, else the environment's, else ./dubu.toml.

        :raises ConfigurationError: see `from_file`.
        """
        return cls.from_file(chosen or Path(os.environ.get(ENVIRONMENT, DEFAULT_FILE)))

    def section(self, name: str) -> Mapping[str, Any]:
        """Return an adapter's section, empty where the file has none."""
        given: Mapping[str, Any] = (self.model_extra or {}).get(name, {})
        return given

    def path(self, relative: str | Path) -> Path:
        """Return a path of the file, seen from the file's folder."""
        return self.folder / relative

    @property
    def database_url(self) -> str:
        """The database's address, with a relative SQLite path made absolute."""
        start = "sqlite:///"
        if self.database.startswith(start) and not self.database.startswith(start + "/"):
            return f"{start}{self.path(self.database.removeprefix(start)).resolve()}"
        return self.database


def _known(settings: type[Settings], name: str, value: object) -> bool:
    return name in settings.model_fields or isinstance(value, dict)


WRONG: Final[Mapping[str, str]] = {
    **VALUES,
    "extra_forbidden": "er ikke en indstilling; se stavningen",
    "tuple_type": 'skal være en liste, fx ["https://journal.example"]',
}
"""What is wrong with a setting, by pydantic's names for it."""


def wrong_in(slip: ValidationError) -> str:
    """Return in Danish which settings are wrong, and how; never what they were set to."""
    said = [
        f"»{'.'.join(map(str, one['loc']))}« {not_allowed(one, WRONG)}" for one in slip.errors()
    ]
    return f"{'; '.join(said)}."


def wrong_toml(slip: tomllib.TOMLDecodeError) -> str:
    """Return in Danish where a file is not TOML, and how it should be written."""
    line = at_line(slip)
    where = f"linje {line}" if line else "sidst i filen"
    return f"er ikke rigtig TOML, {where}: {not_toml(slip)}."
