"""Names of distributions."""

import re


def normalised(name: str) -> str:
    """A distribution's name as installers compare it.

    >>> normalised("Therapeutic_Alliance.FHIR")
    'therapeutic-alliance-fhir'
    """
    return re.sub(r"[-_.]+", "-", name).lower()
