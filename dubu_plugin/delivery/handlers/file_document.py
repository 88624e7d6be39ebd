"""File a document in the host, with a note that says so."""

from dubu_plugin.delivery import filing
from dubu_plugin.delivery.handling import Delivery, Done


class FileDocument:
    """``file_document {sag, title, direction, date, party, files, note?}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        what = filing.Filing.of(d.payload)
        return filing.done(d, what, filing.file(d, what))

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        what = filing.Filing.of(d.payload)
        document = filing.filed(d, what)
        return None if document is None else filing.done(d, what, document)
