"""What a reading finds, and the bounds it keeps."""

from dataclasses import dataclass, field
from datetime import datetime

from dubu_plugin.domain.intake import FILE_REMARKS, FileState, Remark
from dubu_plugin.intake.kinds import Kind


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read, in bytes and characters. From `dubu_plugin.settings.Intake`."""

    largest_attachment: int = 50 * 1024 * 1024
    largest_item: int = 200 * 1024 * 1024
    largest_text: int = 5 * 1024 * 1024
    most_files: int = 200
    deepest_mail: int = 5
    """How many mails inside mails are opened."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file in what came in, or the item itself where it is one file."""

    name: str = field(repr=False)
    """What the sender called it, its last part only, safe to show. Never used as a path."""
    media_type: str
    size: int
    """In bytes."""
    state: FileState
    content: bytes | None = field(default=None, repr=False)
    """None where it is the item itself, or too large to be taken out."""
    text: str = field(default="", repr=False)
    inline: bool = False
    """Part of how the mail looks, such as a logo in a signature."""


@dataclass(frozen=True, slots=True)
class Content:
    """What came in, read."""

    kind: Kind
    text: str = field(default="", repr=False)
    """Everything readable, in the order a person would read it, with attachments after the mail."""
    files: tuple[FoundFile, ...] = ()
    sender_name: str = field(default="", repr=False)
    sender_address: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    message_id: str | None = field(default=None, repr=False)
    received_at: datetime | None = None
    """When the mail says it arrived, aware; None where it does not say."""
    remarks: tuple[Remark, ...] = ()

    @property
    def sender(self) -> str:
        """The sender as a person would write it."""
        if self.sender_name and self.sender_address:
            return f"{self.sender_name} <{self.sender_address}>"
        return self.sender_name or self.sender_address


def remarks_on(files: tuple[FoundFile, ...]) -> tuple[Remark, ...]:
    """Return what the files' states have to say."""
    return tuple(FILE_REMARKS[file.state] for file in files if file.state in FILE_REMARKS)
