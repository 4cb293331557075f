"""Builds the documentation: ``sphinx-build -nW -b html docs docs/_build``, without a network."""

import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import therapeutic_alliance as ta

HERE = Path(__file__).parent

project = "therapeutic-alliance"
author = "the therapeutic-alliance contributors"
copyright = "the therapeutic-alliance contributors; Apache-2.0"
version = release = ta.__version__

sys.path.append(str(HERE / "_ext"))
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "therapeutic_alliance.sphinxext",
    "alliance_concepts",
    "alliance_courses",
    "alliance_detectors",
    "alliance_flags",
    "alliance_measures",
    "alliance_pictures",
    "alliance_shapes",
    "alliance_vocabulary",
]
exclude_patterns = ["_build"]
root_doc = "index"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
add_module_names = False
python_use_unqualified_type_names = True
smartquotes = False  # two hyphens stay two: options are there to be copied
nitpick_ignore_regex = [
    # Python's own and third parties' names would need their indexes from the network
    ("py:class", r"(collections\.abc|pathlib|datetime|hypothesis)\..*"),
    ("py:class", r"Path|IntoDataFrameT|.*\.(Frame|Observed_contra|State|T)"),
    # what a public value holds, and is not named by callers
    ("py:class", r"therapeutic_alliance\.(model\..*|sdk\.(contribution|folder)\..*)"),
    ("py:class", r"therapeutic_alliance\.course\.(origin\.Asked|detectors\.live\.Steps)"),
]

html_theme = "furo"
html_title = f"therapeutic-alliance {release}"
html_static_path: list[str] = []
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
pygments_dark_style = "monokai"


OWN_NAME = ("class", "exception", "function", "data", "type")
"""Kinds of what is named without a class before it."""


def public_name(app: Sphinx, env: BuildEnvironment, node: Any, content: Any) -> Any:
    """Docstrings use the public names; each links to where it is documented, if that is one place.

    ``Series`` and ``Series.of`` are such, and so is what stands behind the name of a module.
    """
    if node.get("refdomain") != "py":
        return None
    python = env.domains.python_domain
    said = node["reftarget"]
    name = said.rpartition(".")[2] if said.startswith("therapeutic_alliance.") else said
    homes = [
        home
        for home, found in python.objects.items()
        if home.endswith(f".{name}") and (found.objtype in OWN_NAME or "." in name)
    ]
    if len(homes) != 1:
        return None
    where, what = node["refdoc"], node["reftype"]
    return python.resolve_xref(env, where, app.builder, what, homes[0], node, content)


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.connect("missing-reference", public_name)
