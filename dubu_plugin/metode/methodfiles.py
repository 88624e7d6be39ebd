"""The methods of a running installation: put in, taken out, and seen without a restart.

A municipality's own lie in one folder, a file a version, named after it. A version that is taken
out is moved aside, never deleted, so that it can be put in again.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from dubu_plugin.frister import ownfolder
from dubu_plugin.frister.ownfolder import FileRefused, LeftOut, Stamp
from dubu_plugin.metode.method import Method
from dubu_plugin.metode.methodbook import MethodBook
from dubu_plugin.metode.methodfile import MethodError, read

MethodUse = Callable[[str, str], int]
"""How many assessments have a method's code and version. See `dubu_plugin.store.method_use`."""


class MethodRefused(FileRefused):
    """A method cannot be put in, or taken out, as things are."""


class MethodFiles:
    """The folders of one installation, ours first and its own last."""

    def __init__(self, folders: Sequence[Path], own: Path) -> None:
        """:param own: where the municipality's methods lie; it need not be there yet."""
        self._folders = (*folders, own)
        self.own = own
        self.wrong: MethodError | None = None
        """What is wrong with the files as they are; the methods in use are those from before."""
        self.left_out: LeftOut = {}
        """Own files that were left out when the methods were first read."""
        self._seen: Stamp = {}
        self._book: MethodBook | None = None

    @property
    def book(self) -> MethodBook:
        """The methods as the files say now, or as they last said something that could be used.

        :raises MethodError: they never have.
        """
        stamp = ownfolder.stamp(self._folders)
        if self._book is None:
            self._seen, self._book = stamp, self._usable()
        elif stamp != self._seen:
            self._seen = stamp
            try:
                self._book = MethodBook.load(self._folders)
                self.wrong, self.left_out = None, {}
            except MethodError as slip:
                self.wrong = slip
        return self._book

    def _usable(self, joining: Path | None = None) -> MethodBook:
        def loaded(out: Collection[Path]) -> MethodBook:
            return MethodBook.load(self._folders, joining=joining, without=out)

        book, self.left_out = ownfolder.usable(self.own, loaded)
        return book

    def check(self, file: Path) -> Method:
        """Return the method of a file that could be put in beside the others.

        :raises MethodError: it cannot be read, or does not fit the rest.
        """
        row = read(file).method
        there = self._file(row.code, row.version)
        joining = None if there is not None and there.resolve() == file.resolve() else file
        found = self._usable(joining).method(row.code, row.version)
        if found is None:  # it lies there, and does not fit the rest
            raise next(iter(self.left_out.values()))
        return found

    def install(self, file: Path) -> Method:
        """Put a method in, so that new assessments begin with it from its first day.

        What is put in already is put in again without harm.

        :raises MethodError: it cannot be read, or does not fit the rest.
        :raises MethodRefused: another method has the same code and version.
        """
        content = file.read_bytes() if file.is_file() else b""
        row = read(file).method
        there = self._file(row.code, row.version)
        if there is not None:
            if there.read_bytes() != content:
                raise MethodRefused(
                    f"Der er allerede en {row.code} udgave {row.version}, og en sag kan have den. "
                    f"Giv den nye sin egen version, og prøv igen."
                )
            return self.check(there)
        method = self.check(file)
        ownfolder.write_whole(self.own / f"{method.code}-{method.version}.toml", content)
        return method

    def remove(self, code: str, version: str, *, used: MethodUse) -> Path:
        """Take a method out, and return where it lies now.

        :param used: counts the assessments that have it.
        :raises MethodRefused: there is none, it is not the municipality's own, or it is in use.
        :raises MethodError: another method cannot do without it.
        """
        file = self._file(code, version) or self._left_out(f"{code}-{version}.toml")
        if file is None:
            raise MethodRefused(
                f"Der er ingen {code} udgave {version}. Se dem, der er, med »dubu metode list«."
            )
        if file.parent != self.own:
            raise MethodRefused(
                f"{code} udgave {version} følger med og kan ikke tages ud. Læg en anden metode ind "
                f"med »dubu metode install«: den går forud."
            )
        if count := used(code, version):
            raise MethodRefused(
                f"{code} udgave {version} er i brug i {count} sager og kan ikke tages ud. Læg en "
                f"nyere udgave ind: nye sager begynder med den, og de gamle beholder deres."
            )
        MethodBook.load(self._folders, without=[file, *self.left_out])
        return ownfolder.take_out(self.own, file, f"{code}-{version}")

    def _left_out(self, name: str) -> Path | None:
        """Return a file of one's own that cannot be used, by its name."""
        return next((one for one in self.left_out if one.name == name), None)

    def is_own(self, method: Method) -> bool:
        """Tell whether a method is the municipality's own."""
        file = self._file(method.code, method.version)
        return file is not None and file.parent == self.own

    def _file(self, code: str, version: str) -> Path | None:
        kept = self.book.kept.get((code, version))
        return None if kept is None else kept.file
