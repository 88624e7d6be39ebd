"""How the product is put together. The only file that knows every part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Final

import pluggy
import structlog

from dubu_plugin import plugins
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.aktiviteter.planfiles import PlanFiles
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.afgoerelser import Matters
from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.domain.satser import Satser
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister.counting import Reckoning
from dubu_plugin.frister.ownfolder import LeftOut
from dubu_plugin.frister.rulebook import Decided, RuleBook
from dubu_plugin.frister.rulefiles import RuleFiles
from dubu_plugin.kataloger import afgoerelseskatalog, indsatskatalog
from dubu_plugin.kataloger.afgoerelseskatalog import Chosen
from dubu_plugin.kataloger.indsatskatalog import Switched
from dubu_plugin.kataloger.satskatalog import delivered
from dubu_plugin.metode.methodfiles import MethodFiles
from dubu_plugin.metode.skriftformfile import SkriftForms
from dubu_plugin.plugins import Ports
from dubu_plugin.ports.upkeep import Upkeep
from dubu_plugin.settings import Settings
from dubu_plugin.store import schema
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import Store
from dubu_plugin.usecases.upkeep import belonging

MATTERS: Final = Path(str(files("dubu_templates"))) / "kataloger" / "afgoerelser.toml"
"""What can be decided."""
RATES: Final = Path(str(files("dubu_templates"))) / "satser"
"""The amounts of the law."""

Clock = Callable[[], datetime]
"""Returns now, aware, in UTC. Read at the edge only, and handed inwards."""


def wall_clock() -> datetime:
    """Return now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Product:
    """One installation, ready to serve."""

    settings: Settings
    store: Store
    blobs: Blobs
    ports: Ports
    letters: LetterShelf
    clock: Clock
    plugins: pluggy.PluginManager
    methods: MethodFiles
    forms: SkriftForms
    indsatser: Catalogue
    matters: Matters
    rates: Satser
    """What amounts are, as they are delivered; the municipality's own are stored."""
    rule_files: RuleFiles | None = None
    """Where the rules come from; None where they were made up."""
    left_out: LeftOut = field(default_factory=dict)
    """The municipality's own files that could not be used when it was put together."""


def build(
    settings: Settings,
    *,
    extra: Iterable[object] = (),
    installed: bool = True,
    clock: Clock = wall_clock,
) -> Product:
    """Return the product these settings describe. Connects to nothing yet.

    :param extra: plugins beside the installed ones.
    One of the municipality's own files that cannot be used is left out, and said in the log.

    :raises ConfigurationError: a port is missing or offered twice, or a rule or letter is wrong.
    """
    manager = plugins.build(installed=installed, extra=extra)
    rules = rule_files(manager, settings)
    in_force = rules.usable()
    letters = letter_shelf(manager, settings)
    plan_shelf = plan_files(manager, settings, in_force, letters)
    plans = plan_shelf.usable()
    methods = method_files(manager, settings)
    left_out = {**rules.left_out, **plan_shelf.left_out, **methods.left_out}
    for slip in left_out.values():
        structlog.get_logger().error("own_file_left_out", reason=str(slip))
    indsatser = catalogue(settings)
    return Product(
        settings=settings,
        store=Store.connect(settings.database_url, in_force, plans=plans),
        blobs=Blobs(settings.path(settings.files)),
        ports=plugins.ports(manager, settings),
        letters=letters,
        clock=clock,
        plugins=manager,
        methods=methods,
        forms=SkriftForms.load(Path(str(files("dubu_templates"))) / "skrifter"),
        indsatser=indsatser,
        matters=matters(settings, indsatser),
        rates=delivered(RATES),
        rule_files=rules,
        left_out=left_out,
    )


def decided(settings: Settings) -> Decided:
    """Return what the municipality decided of the deadline rules."""
    given = settings.frister
    reckoning = Reckoning(frozenset(given.closing_days), given.letter_hverdage)
    return Decided(frozenset(given.on), frozenset(given.off), reckoning)


def require_own(product: Product) -> None:
    """Do nothing where what is ours is there and has the newest shape. The host is not asked.

    :raises ConfigurationError: it is not so; the sentence says what to do.
    """
    _require(product, None)


def require_whole(product: Product) -> None:
    """Do the same, and see that the host, where it answers, is this installation's.

    :raises ConfigurationError: it is not so; the sentence says what to do.
    """
    _require(product, product.ports.upkeep)


def _require(product: Product, keeper: Upkeep | None) -> None:
    engine = product.store.engine
    schema.require_newest(engine)
    belonging.require(product.settings, engine, product.blobs, keeper)


def rule_files(manager: pluggy.PluginManager, settings: Settings | None) -> RuleFiles:
    """Return the deadline rules: ours, then those of the plugins, then the municipality's own.

    :param settings: None where there is no installation: the rules as they are delivered.
    """
    shelf = Path(str(files("dubu_templates")))
    folders = [shelf / "frister", *_joined(manager.hook.register_deadline_folders())]
    if settings is None:
        return RuleFiles(folders)
    return RuleFiles(folders, decided(settings), settings.path(settings.frister.rules))


def plan_files(
    manager: pluggy.PluginManager, settings: Settings, rules: RuleBook, letters: LetterShelf
) -> PlanFiles:
    """Return the activity types and plans: ours, those of the plugins, and the municipality's."""
    shelf = Path(str(files("dubu_templates")))
    theirs = _joined(manager.hook.register_plan_folders())
    types = shelf / "kataloger" / "aktiviteter.toml"
    folders = [types, shelf / "aktivitetsplaner", *theirs]
    own = settings.path(settings.plans)
    return PlanFiles(folders, own, rules, partial(_insist_on_letters, letters=letters))


def letter_shelf(manager: pluggy.PluginManager, settings: Settings) -> LetterShelf:
    """Return the letters: ours, and those of the plugins, which stand in place of ours.

    :raises ConfigurationError: one of them cannot be used.
    """
    shelf = Path(str(files("dubu_templates")))
    folders = [shelf, *_joined(manager.hook.register_letter_folders())]
    return LetterShelf.load(folders, training=settings.training)


def method_files(manager: pluggy.PluginManager, settings: Settings) -> MethodFiles:
    """Return the methods: ours, then those of the plugins, then the municipality's own.

    :raises ConfigurationError: one of them cannot be used.
    """
    shelf = Path(str(files("dubu_templates")))
    theirs = _joined(manager.hook.register_method_folders())
    methods = MethodFiles([shelf / "metode", *theirs], settings.path(settings.methods))
    _ = methods.book  # what cannot be used is told now, and not at the first case
    return methods


def catalogue(settings: Settings) -> Catalogue:
    """Return the indsatser there are, as the municipality uses them.

    :raises ConfigurationError: dubu.toml switches something that is not there.
    """
    given = settings.indsatser
    shelf = Path(str(files("dubu_templates"))) / "kataloger"
    switched = Switched(frozenset(given.on), frozenset(given.off))
    return indsatskatalog.load([shelf / "indsatser.toml"], switched)


def matters(settings: Settings, indsatser: Catalogue) -> Matters:
    """Return what can be decided, as the municipality has it.

    :raises ConfigurationError: dubu.toml chooses something that is not there.
    """
    given = settings.afgoerelser
    chosen = Chosen(*map(frozenset[str], (given.on, given.off, given.raadgiver, given.leder)))
    return afgoerelseskatalog.load(MATTERS, indsatser, chosen)


def _insist_on_letters(plans: PlanBook, letters: LetterShelf) -> None:
    """Refuse a plan that makes a letter there is not.

    :raises ConfigurationError: there is such a plan.
    """
    known = {letter.code for letter in letters}
    for letter, plan in plans.letters():
        if letter not in known:
            raise ConfigurationError(
                f"Aktivitetsplanen {plan} laver brevet »{letter}«, som der ikke er nogen skabelon "
                f"til. Ret planen, eller læg skabelonen ind."
            )


def _joined(lists: Iterable[Iterable[Path]]) -> Iterable[Path]:
    return (folder for folders in lists for folder in folders)
