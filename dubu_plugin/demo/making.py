"""Putting a whole demo in a folder: settings, both databases, files. Whole, or not at all."""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final, Protocol

from dubu_plugin import plugins
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.demo import filling
from dubu_plugin.demo.host_content import SHARED_FILE
from dubu_plugin.demo.host_filling import HostFilling, loader
from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.demo.plan import SEED, Plan
from dubu_plugin.demo.sizes import Size, SizeName
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.settings import Settings
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.failures import StorageFull, translated
from dubu_plugin.usecases.upkeep.set_up import set_up

CONFIG: Final = "dubu.toml"
MARK: Final = "demo.json"
"""Says that the folder is a demo, and which."""

SETTINGS: Final = """\
# En kopi til øvelse. Alle personer, skoler og veje er opdigtede.
database = "sqlite:///dubu.sqlite"
files = "filer"
training = true
journal_system = "journal"

[journal]
database = "journal.sqlite"
files = "journal-filer"
inbox = "indbakke"
# Tag også imod mail ved SMTP: fjern tegnet foran linjen her.
# smtp_port = 8025

[web]
host = "127.0.0.1"
port = {port}
"""


class AnotherSize(CaseworkError):
    """There is a demo, and it is not the one that was asked for."""

    danish = (
        "Demoen i {folder} har størrelsen {there}. Brug --fresh for at slette den og lave en "
        "{asked}, eller en anden mappe med --dir."
    )

    def __init__(self, folder: Path, there: SizeName, asked: SizeName) -> None:
        super().__init__(f"{folder}: {there}, not {asked}")
        self.folder = folder
        self.there = there
        self.asked = asked


class NotADemo(CaseworkError):
    """The folder holds something else."""

    danish = (
        "Mappen {folder} er ikke tom, og den er ikke en demo. Vælg en anden med --dir, "
        "så intet bliver slettet ved en fejl."
    )

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class NoRoom(CaseworkError):
    """The disk became full while the demo was being made; nothing of it is left."""

    danish = (
        "Der er ikke plads på disken til demoen i {folder}, og det, der var lavet, er slettet "
        "igen. Ryd op, eller vælg en mappe på en anden disk med --dir."
    )

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class Bars(Protocol):
    """Where the progress is shown."""

    def more(self, of: str, cases: int) -> None:
        """Show that as many cases more are in one of the databases, ``journal`` or ``dubu``."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo on the disk."""

    folder: Path
    size: SizeName
    seed: int
    made_at: str
    """ISO 8601."""
    has_post: bool = False
    """The post has been let in."""

    @property
    def config(self) -> Path:
        """Its settings file."""
        return self.folder / CONFIG


def found(folder: Path) -> Demo | None:
    """Return the demo in a folder, or None where there is none."""
    try:
        said = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Demo(
        folder, SizeName(said["size"]), said["seed"], said["made_at"], said.get("has_post", False)
    )


def mark(demo: Demo, folder: Path | None = None) -> None:
    """Write down which demo it is.

    :param folder: where it lies while it is being made.
    """
    said = {name: value for name, value in asdict(demo).items() if name != "folder"}
    ((folder or demo.folder) / MARK).write_text(json.dumps(said), encoding="utf-8")


def remove(demo: Demo) -> None:
    """Throw a demo away."""
    shutil.rmtree(demo.folder)


def make(
    folder: Path, size: Size, *, now: datetime, port: int, bars: Bars, seed: int = SEED
) -> Demo:
    """Make a demo in a new or empty folder.

    It is made beside its place and moved there when it is whole.

    :raises NotADemo: the folder holds something.
    :raises NoRoom: the disk is full.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotADemo(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with translated():
            _build(building, size, now=now, port=port, bars=bars, seed=seed)
            demo = Demo(folder, size.name, seed, now.isoformat())
            mark(demo, building)
            building.rename(folder)
    except StorageFull:
        shutil.rmtree(building, ignore_errors=True)
        raise NoRoom(folder) from None
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return demo


def _build(folder: Path, size: Size, *, now: datetime, port: int, bars: Bars, seed: int) -> None:
    config = folder / CONFIG
    config.write_text(SETTINGS.format(port=port), encoding="utf-8")
    settings = Settings.from_file(config)
    set_up(settings, plugins.upkeep(plugins.build(), settings), now=now)
    (folder / "indbakke").mkdir(mode=0o700)
    plan = Plan(size, proevestrup(), now=now, seed=seed)
    host = HostFilling.start(config, plan, lambda cases: bars.more("journal", cases))
    try:
        _fill_own(settings, plan, lambda cases: bars.more("dubu", cases))
    except BaseException:
        host.give_up()
        raise
    host.finish()


def _fill_own(settings: Settings, plan: Plan, progress: Callable[[int], None]) -> None:
    shelf = Path(str(files("dubu_templates")))
    rules = RuleBook.load([shelf / "frister"])
    types = shelf / "kataloger" / "aktiviteter.toml"
    plans = PlanBook.load([types, shelf / "aktivitetsplaner"], rules)
    host = loader(settings)
    filling.fill(
        settings.database_url,
        plan,
        rules,
        plans,
        person_key=host.person_key,
        case_key=host.case_key,
        original=Blobs(settings.path(settings.files)).put(SHARED_FILE.encode()),
        progress=progress,
    )
