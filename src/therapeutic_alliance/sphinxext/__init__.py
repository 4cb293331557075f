"""A Sphinx extension: measure cards and installed plugins, in pages of any markup.

``extensions = ["therapeutic_alliance.sphinxext"]`` in a ``conf.py`` gives the directives
``alliance-measure`` and ``alliance-plugins``. It needs Sphinx, which is there where it is used.
"""

from typing import TYPE_CHECKING

from therapeutic_alliance._version import __version__
from therapeutic_alliance.sphinxext.directives import MeasureCard, Plugins

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Add the directives; Sphinx calls this."""
    app.add_directive("alliance-measure", MeasureCard)
    app.add_directive("alliance-plugins", Plugins)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
