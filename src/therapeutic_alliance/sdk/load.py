"""Loading one plugin so that its faults stay its own."""

import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

import pluggy
from attrs import evolve, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.sdk import hooks
from therapeutic_alliance.sdk.contribution import Contribution
from therapeutic_alliance.sdk.installed import Installed
from therapeutic_alliance.sdk.packs import pack_folder
from therapeutic_alliance.sdk.status import PluginStatus, Stage

LONGEST = 500
"""Characters of a foreign message that are kept."""


@frozen
class Attempt:
    """What came of loading a plugin: its contribution, or the fault."""

    status: PluginStatus
    contribution: Contribution | None = None
    fault: BaseException | None = None


def load(plugin: Installed) -> Attempt:
    """Import a plugin, register its hooks, and have it contribute; all of it, or nothing.

    Whatever it raises is caught, but for ``KeyboardInterrupt``; what it prints goes to stderr.
    """
    began = perf_counter()
    attempt = _attempt(plugin)
    return evolve(attempt, status=evolve(attempt.status, seconds=perf_counter() - began))


def _attempt(plugin: Installed) -> Attempt:
    status = PluginStatus(distribution=plugin.name, version=plugin.version, stage="loaded")
    done: Any = None
    steps: tuple[tuple[Stage, Callable[[Any], Any]], ...] = (
        ("import", lambda _: _imported(plugin)),
        ("register", lambda modules: _registered(plugin, modules)),
        ("contribute", _contributed),
    )
    for stage, step in steps:
        try:
            with redirect_stdout(sys.stderr):
                done = step(done)
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # noqa: BLE001, a plugin may raise SystemExit, or worse
            problem = _words(fault)
            return Attempt(evolve(status, stage=stage, problem=problem), fault=fault)
    contribution, adds = done
    return Attempt(evolve(status, adds=adds), contribution)


def _imported(plugin: Installed) -> tuple[ModuleType, ...]:
    """The modules of its entry points, each once."""
    if not plugin.code and not plugin.data:
        asked = sorted({point.group for point in plugin.entry_points})
        rule = f"asks for {', '.join(asked)}; this library speaks {hooks.CODE_GROUP}"
        raise AllianceError(rule if asked else f"has no entry point in {hooks.CODE_GROUP}")
    modules: dict[int, ModuleType] = {}
    for point in plugin.code:
        module = point.load()
        if not isinstance(module, ModuleType):
            raise AllianceError(f"entry point {point.name} names a {_type(module)}, not a module")
        modules[id(module)] = module
    return tuple(modules.values())


def _registered(plugin: Installed, modules: Iterable[ModuleType]) -> Contribution:
    manager = None
    if plugin.code:
        manager = new_manager(modules)
        if not any(manager.get_hookcallers(module) for module in modules):
            raise AllianceError("no function is marked @hookimpl, so that nothing is contributed")
    folders = tuple(pack_folder(point.value, plugin.name) for point in plugin.data)
    return Contribution(plugin.name, manager, folders)


def _contributed(contribution: Contribution) -> tuple[Contribution, Any]:
    return contribution, contribution.everything()


def new_manager(modules: Iterable[ModuleType]) -> pluggy.PluginManager:
    """A manager with the hooks of these modules; :class:`AllianceError` if one does not fit."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    for module in modules:
        manager.register(module)
        for caller in manager.get_hookcallers(module) or ():
            _check_hook(caller)
    return manager


def _check_hook(caller: pluggy.HookCaller) -> None:
    for implementation in caller.get_hookimpls():
        if not caller.has_spec() and not implementation.optionalhook:
            raise AllianceError(_unknown(caller.name))
        if implementation.wrapper or implementation.hookwrapper:
            raise AllianceError(f"{caller.name} is a wrapper: a hook gives its own values only")


def _unknown(name: str) -> str:
    known = [each for each in vars(hooks) if each.startswith("alliance_")]
    near = get_close_matches(name, known, n=1, cutoff=0.8)
    if near:
        return f"unknown hook {name!r}: did you mean {near[0]!r}?"
    speaks = ".".join(map(str, hooks.API))
    return (
        f"unknown hook {name!r}: this library speaks version {speaks} of the hooks; if a later "
        "one has it, require that, or mark it @hookimpl(optionalhook=True)"
    )


def _words(fault: BaseException) -> str:
    """A foreign fault on one line: its kind, its words, and where it happened."""
    if isinstance(fault, AllianceError):
        return "; ".join(str(fault).splitlines())
    try:
        text = " ".join(str(fault).split())[:LONGEST]
    except Exception:  # noqa: BLE001, even its words can fail
        text = ""
    said = f"{_type(fault)}: {text}" if text else _type(fault)
    frames = traceback.extract_tb(fault.__traceback__)
    own = [each for each in frames if not _ours(each.filename)]
    return f"{said} ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else said


def _ours(file: str) -> bool:
    """Whether a frame is of this library, or of the machinery that it calls plugins by."""
    home = Path(__file__).parents[1]
    machinery = file.startswith("<frozen") or "importlib" in Path(file).parts
    return machinery or Path(file).is_relative_to(home) or "pluggy" in Path(file).parts


def _type(value: object) -> str:
    return type(value).__name__
