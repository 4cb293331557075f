"""Loading one plugin so that its faults stay its own."""

import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from difflib import get_close_matches
from inspect import Parameter, signature
from threading import RLock
from time import perf_counter
from types import ModuleType
from typing import Any

import pluggy
from attrs import evolve, frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.sdk import hooks
from therapeutic_alliance.sdk.contribution import Contribution, answers_of
from therapeutic_alliance.sdk.distributions import Installed
from therapeutic_alliance.sdk.entry_points import top
from therapeutic_alliance.sdk.faults import told
from therapeutic_alliance.sdk.packs import pack_folder
from therapeutic_alliance.sdk.status import PluginStatus, Stage

_ONE_AFTER_THE_OTHER = RLock()
"""Two threads that exchange ``sys.stdout`` at once would leave it exchanged."""


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
    with _ONE_AFTER_THE_OTHER:
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
        # nothing of a data pack runs, so that it cannot print
        quiet: AbstractContextManager[object] = nullcontext()
        if plugin.code:
            quiet = redirect_stdout(sys.stderr)
        try:
            with quiet:
                done = step(done)
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # noqa: BLE001, a plugin may raise SystemExit, or worse
            problem = told(fault, {top(point.value) for point in plugin.code})
            return Attempt(evolve(status, stage=stage, problem=problem), fault=fault)
    contribution, adds = done
    return Attempt(evolve(status, adds=adds), contribution)


def _imported(plugin: Installed) -> tuple[ModuleType, ...]:
    """The modules of its entry points, each once."""
    if plugin.problem:
        raise AllianceError(plugin.problem)
    if not plugin.code and not plugin.data:
        asked = sorted({point.group for point in plugin.entry_points})
        ours = f"{hooks.CODE_GROUP} and {hooks.DATA_GROUP}"
        rule = f"asks for {', '.join(asked)}; this library speaks {ours}"
        raise AllianceError(rule if asked else f"has no entry point in {ours}")
    modules: dict[int, ModuleType] = {}
    for point in plugin.code:
        if not point.pattern.match(point.value):
            raise AllianceError(f"entry point {point.name}: {point.value!r} names no module")
        module = point.load()
        if not isinstance(module, ModuleType):
            raise AllianceError(
                f"entry point {point.name} names a {type(module).__name__}, not a module"
            )
        modules[id(module)] = module
    return tuple(modules.values())


def _registered(plugin: Installed, modules: Iterable[ModuleType]) -> Contribution:
    answers = None
    if plugin.code:
        manager = new_manager(modules)
        if not any(manager.get_hookcallers(module) for module in modules):
            raise AllianceError("no function is marked @hookimpl, so that nothing is contributed")
        answers = answers_of(manager)
    folders = tuple(pack_folder(point, plugin.name) for point in plugin.data)
    return Contribution(plugin.name, answers, folders)


def _contributed(contribution: Contribution) -> tuple[Contribution, Any]:
    return contribution, contribution.everything()


def new_manager(modules: Iterable[ModuleType]) -> pluggy.PluginManager:
    """A manager with the hooks of these modules; :class:`AllianceError` if one does not fit."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    for module in modules:
        for name, function in vars(module).items():
            _check_arguments(name, function)
        manager.register(module)
        for caller in manager.get_hookcallers(module) or ():
            _check_hook(caller)
    return manager


def _check_hook(caller: pluggy.HookCaller) -> None:
    for implementation in caller.get_hookimpls():
        if not caller.has_spec():
            if not implementation.optionalhook:
                raise AllianceError(_unknown(caller.name))
            continue
        if implementation.wrapper or implementation.hookwrapper:
            raise AllianceError(f"{caller.name} is a wrapper: a hook gives its own values only")


def _check_arguments(name: str, function: object) -> None:
    """Refuse a hook that asks for arguments; pluggy would say so at greater length, or not."""
    marked = getattr(function, f"{hooks.PROJECT}_impl", None)
    if marked is None or not callable(function) or not hasattr(hooks, name):
        return
    asked = [
        each.name
        for each in signature(function).parameters.values()
        if each.default is Parameter.empty and each.kind not in _MAY_BE_EMPTY
    ]
    if asked:
        raise AllianceError(f"{name} takes no arguments; this one asks for {', '.join(asked)}")


_MAY_BE_EMPTY = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


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
