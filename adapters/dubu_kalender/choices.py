"""What dubu.toml says under ``[kalender]``."""

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings

SECTION: Final = "kalender"
"""The section, and what `calendar_system` says where the calendars are ours."""


class Choices(BaseModel):
    """The section."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = ""
    """Each one's calendar on the CalDAV server. ``{owner}`` is the employee's key in the host."""
    user: str = ""
    """Whom we are to the server: somebody who may write in all these calendars."""
    password_file: Path | None = None
    """A file with the password alone in it, from the settings' folder."""
    patience: float = Field(default=10.0, gt=0)
    """How long a server may take to answer, in seconds."""
    mail_host: str = ""
    """The mail server invitations go through; empty sends none."""
    mail_port: int = Field(default=25, ge=1, le=65535)
    mail_tls: bool = True
    """Ask for encryption (STARTTLS), and send nothing without it."""
    mail_user: str = ""
    mail_password_file: Path | None = None
    mail_from: str = ""
    """Whom invitations come from. Answers and returned mail go there, and must reach the host's
    incoming post."""
    folder: Path = Path()
    """The settings' own folder."""

    @property
    def password(self) -> str:
        """The password of the calendar server, read now."""
        return _secret(self.folder, self.password_file)

    @property
    def mail_password(self) -> str:
        """The password of the mail server, read now."""
        return _secret(self.folder, self.mail_password_file)


def calendar(settings: Settings) -> Choices | None:
    """Return what is chosen, or None where the calendars are somebody else's.

    :raises ConfigurationError: it does not say where the calendars are.
    """
    if settings.calendar_system != SECTION:
        return None
    chosen = _section(settings)
    if not chosen.address.startswith(("https://", "http://")) or "{owner}" not in chosen.address:
        raise ConfigurationError(
            f"[{SECTION}] address i dubu.toml skal være kalendernes adresse med {{owner}} i, "
            "fx https://kalender.example/{owner}/dubu/"
        )
    return chosen


def mail(settings: Settings) -> Choices | None:
    """Return what is chosen, or None where no mail is sent. A training copy sends none.

    :raises ConfigurationError: nobody is named as the sender.
    """
    chosen = _section(settings)
    if not chosen.mail_host or settings.training:
        return None
    if "@" not in chosen.mail_from:
        raise ConfigurationError(
            f"[{SECTION}] mail_from i dubu.toml mangler: den adresse, invitationer kommer fra, "
            "og som svar skal sendes til."
        )
    return chosen


def _section(settings: Settings) -> Choices:
    try:
        return Choices(**{"folder": settings.folder, **settings.section(SECTION)})
    except ValidationError as slip:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in slip.errors())
        raise ConfigurationError(f"[{SECTION}] i dubu.toml: {wrong}") from None


def _secret(folder: Path, file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return (folder / file).read_text(encoding="utf-8").strip()
    except OSError:
        raise ConfigurationError(
            f"[{SECTION}] i dubu.toml: filen {file} kan ikke læses. Se, om den er der."
        ) from None
