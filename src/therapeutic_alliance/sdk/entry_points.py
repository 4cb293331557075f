"""What the entry points of plugins say; nothing here imports what they name."""

import re

from therapeutic_alliance.sdk.hooks import PROJECT

_OURS = re.compile(rf"{PROJECT}(\.measures)?\.v\d+")


def is_ours(group: str) -> bool:
    """Whether a group is for plugins of this library, of any version of its hooks.

    >>> is_ours("therapeutic_alliance.measures.v2"), is_ours("therapeutic_alliance.v1.own")
    (True, False)
    """
    return _OURS.fullmatch(group) is not None


def top(value: str) -> str:
    """The top-level package or module in which an entry point lies.

    >>> top("my_pack.plugin:hooks"), top("my_pack.measures")
    ('my_pack', 'my_pack')
    """
    return re.split(r"\W", value)[0]


def folder_names(value: str) -> tuple[str, ...]:
    """The names of the folders that the value of a data pack leads through; empty if of none.

    >>> folder_names("my_pack.measures"), folder_names("my_pack./etc")
    (('my_pack', 'measures'), ())
    """
    names = tuple(value.split("."))
    return names if all(name.isidentifier() for name in names) else ()
