"""Every kind of outbox row, and what delivers it. One file a kind."""

from typing import Final

from dubu_plugin.delivery.handlers.add_note import AddNote
from dubu_plugin.delivery.handlers.add_parties import AddParties
from dubu_plugin.delivery.handlers.change_case import ChangeCase
from dubu_plugin.delivery.handlers.close_case import CloseCase
from dubu_plugin.delivery.handlers.copy_journal import CopyJournal
from dubu_plugin.delivery.handlers.file_document import FileDocument
from dubu_plugin.delivery.handlers.file_letter import FileLetter
from dubu_plugin.delivery.handlers.find_case import FindCase
from dubu_plugin.delivery.handlers.follow_host import FollowHost
from dubu_plugin.delivery.handlers.match_child import MatchChild
from dubu_plugin.delivery.handlers.open_case import OpenCase
from dubu_plugin.delivery.handlers.pack_klage import PackKlage
from dubu_plugin.delivery.handlers.put_calendar import CancelCalendar, PutCalendar
from dubu_plugin.delivery.handlers.reminders import CompleteReminder, SetReminder
from dubu_plugin.delivery.handlers.rename_case import RenameCase
from dubu_plugin.delivery.handlers.reopen_case import ReopenCase
from dubu_plugin.delivery.handlers.send_digest import SendDigest
from dubu_plugin.delivery.handlers.send_invitation import SendInvitation
from dubu_plugin.delivery.handlers.send_letter import SendLetter
from dubu_plugin.delivery.handlers.write_letter import WriteLetter
from dubu_plugin.delivery.handling import Handler

HANDLERS: Final[dict[str, Handler]] = {
    "add_note": AddNote(),
    "add_parties": AddParties(),
    "cancel_calendar": CancelCalendar(),
    "change_case": ChangeCase(),
    "close_case": CloseCase(),
    "complete_reminder": CompleteReminder(),
    "copy_journal": CopyJournal(),
    "file_document": FileDocument(),
    "file_letter": FileLetter(),
    "find_case": FindCase(),
    "follow_host": FollowHost(),
    "match_child": MatchChild(),
    "open_case": OpenCase(),
    "pack_klage": PackKlage(),
    "put_calendar": PutCalendar(),
    "rename_case": RenameCase(),
    "reopen_case": ReopenCase(),
    "send_digest": SendDigest(),
    "send_invitation": SendInvitation(),
    "send_letter": SendLetter(),
    "set_reminder": SetReminder(),
    "write_letter": WriteLetter(),
}
