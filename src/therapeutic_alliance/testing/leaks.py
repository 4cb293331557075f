"""What a logger could write about an error, searched for what belongs to a patient."""

from collections.abc import Collection, Iterator


def leaked(error: BaseException, secrets: Collection[str]) -> str | None:
    """The first secret that an error holds, in capitals or not; ``None`` if it holds none.

    Looked at are ``str``, ``repr``, arguments, attributes and notes, of causes, contexts and the
    members of a group, too.

    >>> leaked(ValueError("not a number: 98321"), ["quokka", "98321"])
    '98321'
    """
    for text in _texts(error):
        for secret in secrets:
            if secret.lower() in text.lower():
                return secret
    return None


def _texts(error: BaseException) -> Iterator[str]:
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if value is None or id(value) in seen:
            continue
        seen.add(id(value))
        yield str(value)
        yield repr(value)
        if isinstance(value, BaseException):
            waiting += [value.args, value.__cause__, value.__context__, vars(value)]
            waiting += getattr(value, "exceptions", ())
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
