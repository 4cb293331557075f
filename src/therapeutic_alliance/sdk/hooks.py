"""The hooks by which everything comes in, ours as well.

A plugin is a module with functions of these names, marked :data:`hookimpl`, which an entry point
of the group ``therapeutic_alliance.v1`` names. Hooks take no arguments and return values, so that
the order of plugins cannot matter; each is called at most once for a registry. What they return
are frozen attrs values: nobody who gets one can change it for others.

The major version of this interface stands in the name of the group, the minor one counts what was
added to it since. A hook that is to go warns at the plugin's own line for at least a year.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk.folder import MeasureFolder

if TYPE_CHECKING:  # whoever asks for a measure need not load the other modules
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.model.contracts import Detector, Exporter, Importer, PhaseModel

PROJECT = "therapeutic_alliance"
API = (1, 0)
"""Version of the hooks: major and minor."""
CODE_GROUP = f"{PROJECT}.v{API[0]}"
"""Entry points that name a module with hooks."""
DATA_GROUP = f"{PROJECT}.measures.v{API[0]}"
"""Entry points that name a folder of measure files; no code of the plugin runs."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin as the implementation of a hook."""


@hookspec
def alliance_measures() -> Iterable[Measure | MeasureFolder]:  # type: ignore[empty-body]
    """Contribute measures that code has to make; files are better contributed as a data pack.

    Called when the plugin is loaded; of what is built in, when a measure is first asked for.
    """


@hookspec
def alliance_detectors() -> Iterable["Detector[Series]"]:  # type: ignore[empty-body]
    """Contribute detectors of possible ruptures, each with its default parameters.

    Called when the plugin is loaded; of what is built in, when a detector is first asked for.
    """


@hookspec
def alliance_phase_models() -> Iterable["PhaseModel[Series]"]:  # type: ignore[empty-body]
    """Contribute models that divide a course into phases, each with its default parameters.

    Called when the plugin is loaded; of what is built in, when a phase model is first asked for.
    """


@hookspec
def alliance_importers() -> Iterable["Importer"]:  # type: ignore[empty-body]
    """Contribute readers of files with forms, each with its default parameters.

    Called when the plugin is loaded; of what is built in, when an importer is first asked for.
    """


@hookspec
def alliance_exporters() -> Iterable["Exporter"]:  # type: ignore[empty-body]
    """Contribute writers of scored forms, each with its default parameters.

    Called when the plugin is loaded; of what is built in, when an exporter is first asked for.
    """
