"""Every kind of outbox row, and what delivers it. One file a kind."""

from typing import Final

from dubu_plugin.delivery.handlers.add_note import AddNote
from dubu_plugin.delivery.handlers.file_document import FileDocument
from dubu_plugin.delivery.handlers.open_case import OpenCase
from dubu_plugin.delivery.handlers.reminders import CompleteReminder, SetReminder
from dubu_plugin.delivery.handling import Handler

HANDLERS: Final[dict[str, Handler]] = {
    "add_note": AddNote(),
    "complete_reminder": CompleteReminder(),
    "file_document": FileDocument(),
    "open_case": OpenCase(),
    "set_reminder": SetReminder(),
}
