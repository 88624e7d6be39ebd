"""Wait for somebody else's system only while it moves; what it is to be told is kept."""

import threading
from collections.abc import Callable
from typing import Final

from dubu_plugin.usecases.upkeep.belonging import NotTogether

LEFT: Final = (
    "Journalen svarede ikke i tide. Alt er gemt, og resten lægges på sagen af sig selv, når den "
    "svarer (»dubu serve« eller »dubu deliver --once«)."
)


class Moving:
    """What the work tells of itself, and hears: whether somebody still waits for it."""

    def __init__(self) -> None:
        self._beat = threading.Event()
        self._left = threading.Event()
        self._over = threading.Event()
        self.fault: BaseException | None = None

    def moved(self) -> None:
        """Tell that something came through."""
        self._beat.set()

    def is_left(self) -> bool:
        """Tell whether nobody waits any more: begin nothing new."""
        return self._left.is_set()

    def ended(self, fault: BaseException | None) -> None:
        """Tell that there is no more to do, or what came in the way."""
        self.fault = fault
        self._over.set()
        self._beat.set()

    def waited(self, patience: float) -> bool:
        """Return whether it came to its end before nothing had moved for so long, in seconds."""
        while self._beat.wait(patience):
            self._beat.clear()
            if self._over.is_set():
                return True
        self._left.set()
        return self._over.is_set()


def while_moving(work: Callable[[Moving], None], patience: float) -> str | None:
    """Do the work until it is done or nothing has moved for a while; return what to tell a person.

    A row that is on its way when it is left is as after a crash: whoever looks next finds out by
    its key what came of it.

    :param patience: in seconds.
    :raises Exception: what the work raised before it was left.
    """
    on = Moving()
    # A daemon, since an answer that was given must not wait for it at the end of the process.
    threading.Thread(target=_done, args=(work, on), name="dubu-intake", daemon=True).start()
    if not on.waited(patience):
        return LEFT
    if isinstance(on.fault, NotTogether):
        return f"Alt er gemt, men intet er lagt på sagen. {on.fault}"
    if on.fault is not None:
        raise on.fault
    return None


def _done(work: Callable[[Moving], None], on: Moving) -> None:
    try:
        work(on)
    except BaseException as fault:  # carried to whoever waits
        on.ended(fault)
    else:
        on.ended(None)
