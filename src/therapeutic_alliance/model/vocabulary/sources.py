"""Where claims and taxonomies were read, and what those pages name as their own sources."""

from collections.abc import Mapping
from types import MappingProxyType

from therapeutic_alliance.model.evidence import Source
from therapeutic_alliance.model.vocabulary.meaning import by_id

SOURCES = by_id(
    Source(
        id="heart-of-healing",
        citation="The Heart of Healing: the working alliance and interpersonal skills (article)",
    ),
    Source(
        id="essential-qualities",
        citation="Essential Qualities in the Therapeutic Alliance (article)",
    ),
    Source(
        id="how-to-build",
        citation="The Therapeutic Alliance: How to Build a Strong Relationship (article)",
    ),
    Source(
        id="freud-to-rogers",
        citation="The Therapeutic Alliance (article, from Freud to Rogers)",
    ),
    Source(
        id="heart-of-therapy",
        citation="The Heart of Therapy: Understanding the Therapeutic Alliance (article)",
    ),
    Source(
        id="ardito-rabellino-2011",
        citation="Ardito & Rabellino 2011, Front Psychol 2:270; known at second hand",
    ),
    Source(id="baldwin-1987", citation="Baldwin 1987; known at second hand"),
    Source(id="knobloch-fedders-2008", citation="Knobloch-Fedders 2008; known at second hand"),
    Source(id="kvarnstrom-2015", citation="Kvarnstrom 2015; known at second hand"),
    Source(id="miles-2017", citation="Miles 2017; known at second hand"),
    Source(id="muran-barber-2010", citation="Muran and Barber 2010; known at second hand"),
    Source(id="sutton-2023", citation="Sutton 2023; known at second hand"),
    Source(
        id="watson-kalogerakos-2010",
        citation="Watson & Kalogerakos 2010, named with Muran and Barber; known at second hand",
    ),
)
"""Sources, by id: the five articles that were read, and works that are known through them."""

NAMED_IN: Mapping[str, str] = MappingProxyType(
    {
        "ardito-rabellino-2011": "essential-qualities",
        "baldwin-1987": "freud-to-rogers",
        "knobloch-fedders-2008": "essential-qualities",
        "kvarnstrom-2015": "essential-qualities",
        "miles-2017": "essential-qualities",
        "muran-barber-2010": "essential-qualities",
        "sutton-2023": "essential-qualities",
        "watson-kalogerakos-2010": "essential-qualities",
    }
)
"""Works that were not read, and the article that names each."""
