"""Which desk serves which host in this process, so that a frame has the same bar as the pages."""

import threading
from typing import Final
from weakref import WeakKeyDictionary, ref

from dubu_journal.host import Host
from dubu_journal.plugins import Plugins
from dubu_journal.port.operations import clock
from dubu_journal.web.choices import Choices
from dubu_journal.web.desk import Desk

_LOCK: Final = threading.Lock()
_DESKS: Final[WeakKeyDictionary[Host, ref[Desk]]] = WeakKeyDictionary()


def serve(desk: Desk) -> None:
    """Let this desk be its host's, for as long as somebody holds it."""
    with _LOCK:
        _DESKS[desk.host] = ref(desk)


def of(host: Host) -> Desk:
    """Return the desk that serves the host; one without plugins where none has been put up."""
    with _LOCK:
        held = _DESKS.get(host)
    found = None if held is None else held()
    return found or Desk.at(host, Plugins.none(), Choices(), clock)
