"""What a distribution's name gives: the name as installers know it, a package, a class, an id."""

import re
import sys
from keyword import iskeyword

from attrs import frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.sdk.names import normalised

LONGEST = 64
"""Characters of an id."""
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TAKEN = {"test", "tests", "therapeutic_alliance", *sys.stdlib_module_names}
"""Packages that would hide another one, or be hidden by it."""


@frozen
class Name:
    """The name of a distribution, normalised; see :func:`name_of`.

    >>> name = name_of("Acme_Alliance.Pulse")
    >>> name.distribution, name.package, name.class_name
    ('acme-alliance-pulse', 'acme_alliance_pulse', 'AcmeAlliancePulse')
    """

    distribution: str

    @property
    def id(self) -> str:
        """Of the thing that it contributes: the same, since no other distribution has it."""
        return self.distribution

    @property
    def package(self) -> str:
        """What is imported."""
        return self.distribution.replace("-", "_")

    @property
    def class_name(self) -> str:
        """The words of the name, joined."""
        return "".join(word.capitalize() for word in self.distribution.split("-"))


def name_of(given: str) -> Name:
    """The name that is meant; :class:`AllianceError` if none can be made of what is given."""
    name = Name(normalised(given))
    if not _NAME.fullmatch(name.distribution) or len(name.distribution) > LONGEST:
        raise AllianceError(
            "NAME is letters, digits and '-', begins with a letter, and has up to "
            f"{LONGEST} characters, such as acme-alliance-pulse"
        )
    if name.package in _TAKEN or iskeyword(name.package):
        raise AllianceError(f"NAME gives the package {name.package}, which is taken")
    return name
