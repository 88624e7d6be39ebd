"""The methods of a running installation: put in, taken out, and seen without a restart.

A municipality's own lie in one folder, a file a version, named after it. A version that is taken
out is moved aside, never deleted, so that it can be put in again.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from dubu_plugin.domain.danish import counted
from dubu_plugin.frister import ownfolder
from dubu_plugin.frister.ownfiles import OwnFiles
from dubu_plugin.frister.ownfolder import FileRefused, Stamp
from dubu_plugin.metode.method import Method
from dubu_plugin.metode.methodbook import MethodBook
from dubu_plugin.metode.methodfile import MethodError, read

MethodUse = Callable[[str, str], int]
"""How many assessments have a method's code and version: `dubu_plugin.store.skrift.method_use`."""


class MethodFiles(OwnFiles[MethodBook]):
    """The folders of one installation, ours first and its own last."""

    command = "metode"

    def __init__(self, folders: Sequence[Path], own: Path) -> None:
        """:param own: where the municipality's methods lie; it need not be there yet."""
        super().__init__(folders, own)
        self.wrong: MethodError | None = None
        """What is wrong with the files as they are; the methods in use are those from before."""
        self._seen: Stamp = {}
        self._book: MethodBook | None = None

    @property
    def book(self) -> MethodBook:
        """The methods as the files say now, or as they last said something that could be used.

        :raises MethodError: they never have.
        """
        stamp = ownfolder.stamp(self._folders)
        if self._book is None:
            self._seen, self._book = stamp, self.usable()
        elif stamp != self._seen:
            self._seen = stamp
            try:
                self._book = self.load()
                self.wrong, self.left_out = None, {}
            except MethodError as slip:
                self.wrong = slip
        return self._book

    def load(self, *, joining: Path | None = None, without: Collection[Path] = ()) -> MethodBook:
        """See `OwnFiles.load`."""
        return MethodBook.load(self._folders, joining=joining, without=without)

    def check(self, file: Path) -> Method:
        """Return the method of a file that could be put in beside the others.

        :raises MethodError: it cannot be read, or does not fit the rest.
        """
        row = read(file).method
        return self.fitted(file).kept[row.code, row.version].method

    def install(self, file: Path) -> Method:
        """Put a method in, so that new assessments begin with it from its first day.

        What is put in already is put in again without harm.

        :raises MethodError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another method has the same code and version.
        """
        content = file.read_bytes() if file.is_file() else b""
        row = read(file).method
        there = self._file(row.code, row.version)
        if there is not None:
            if there.read_bytes() != content:
                raise FileRefused(
                    f"Der er allerede en {row.code} udgave {row.version}, og en sag kan have den. "
                    f"Giv den nye sin egen version, og prøv igen."
                )
            return self.check(there)
        method = self.check(file)
        ownfolder.write_whole(self.own / f"{method.code}-{method.version}.toml", content)
        return method

    def remove(self, code: str, version: str, *, used: MethodUse) -> Path:
        """Take a method out, and return where it lies now.

        :param code: the method's, or the name of its file, which need not be one that can be read.
        :param version: empty where the file's name was given.
        :param used: counts the assessments that have it.
        :raises FileRefused: there is none, it is not the municipality's own, or it is in use.
        :raises MethodError: another method cannot do without it.
        """
        file = self._file(code, version)
        if file is not None and file.parent != self.own:
            raise FileRefused(
                f"{code} udgave {version} følger med og kan ikke tages ud. Læg en anden metode ind "
                f"med »dubu metode install«: den går forud."
            )

        def insist(file: Path) -> None:
            row = read(file).method
            if count := used(row.code, row.version):
                raise FileRefused(
                    f"{row.code} udgave {row.version} er i brug i "
                    f"{counted(count, 'sag', 'sager')} og kan ikke tages ud. Læg en nyere udgave "
                    f"ind: nye sager begynder med den, og de gamle beholder deres."
                )

        named = file.name if file else f"{code}-{version}.toml" if version else code
        return self.take_out(named, insist)

    def is_own(self, method: Method) -> bool:
        """Tell whether a method is the municipality's own."""
        file = self._file(method.code, method.version)
        return file is not None and file.parent == self.own

    def _file(self, code: str, version: str) -> Path | None:
        kept = self.book.kept.get((code, version))
        return None if kept is None else kept.file
