"""Every kind of outbox row, and what delivers it. One file a kind."""

from typing import Final

from dubu_plugin.delivery.handlers.add_note import AddNote
from dubu_plugin.delivery.handlers.file_document import FileDocument
from dubu_plugin.delivery.handlers.file_letter import FileLetter
from dubu_plugin.delivery.handlers.open_case import OpenCase
from dubu_plugin.delivery.handlers.reminders import CompleteReminder, SetReminder
from dubu_plugin.delivery.handlers.send_letter import SendLetter
from dubu_plugin.delivery.handlers.write_letter import WriteLetter
from dubu_plugin.delivery.handling import Handler

HANDLERS: Final[dict[str, Handler]] = {
    "add_note": AddNote(),
    "complete_reminder": CompleteReminder(),
    "file_document": FileDocument(),
    "file_letter": FileLetter(),
    "open_case": OpenCase(),
    "send_letter": SendLetter(),
    "set_reminder": SetReminder(),
    "write_letter": WriteLetter(),
}
