"""The promises of `dubu_plugin.ports.journal`, as tests an adapter inherits.

Subclass `JournalContract` as ``TestX`` and give the fixtures `journal` and `ground`. Everything is
done against a host with nothing on the people made up here; nothing is taken away afterwards.
"""

from dubu_plugin.testing.journal_cases import CaseContract, PartyContract, SectionContract
from dubu_plugin.testing.journal_documents import DocumentContract, DraftContract
from dubu_plugin.testing.journal_ground import Ground
from dubu_plugin.testing.journal_honesty import AccessContract, ChangesContract, HonestyContract
from dubu_plugin.testing.journal_notes import NoteContract, ReminderContract
from dubu_plugin.testing.journal_writes import WriteOnceContract

__all__ = ["Ground", "JournalContract"]


class JournalContract(
    WriteOnceContract,
    CaseContract,
    PartyContract,
    SectionContract,
    DocumentContract,
    DraftContract,
    NoteContract,
    ReminderContract,
    AccessContract,
    ChangesContract,
    HonestyContract,
):
    """The whole contract."""
