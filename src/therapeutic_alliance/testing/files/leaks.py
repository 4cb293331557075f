"""What a logger could write about an error, searched for what belongs to a patient."""

from collections.abc import Collection, Iterator

from therapeutic_alliance.errors import AllianceError


def leaked(error: BaseException, secrets: Collection[str], apart_from: str = "") -> str | None:
    """The first secret that an error holds, in capitals or not; ``None`` if it holds none.

    Looked at are ``str``, ``repr``, arguments, attributes and notes, of causes, contexts and the
    members of a group, too. The text ``apart_from``, such as the name of a file, is left out.

    >>> leaked(ValueError("not a number: 98321"), ["quokka", "98321"])
    '98321'
    >>> leaked(ValueError("case-7.csv: row 2"), ["case-7"], apart_from="case-7.csv")
    """
    for text in _texts(error):
        searched = text.replace(apart_from, " ") if apart_from else text
        for secret in secrets:
            if secret.lower() in searched.lower():
                return secret
    return None


def kept_behind(error: AllianceError) -> str:
    """What is wrong with what an error was raised from; empty if nothing is.

    Any other exception may quote a piece of what it stumbled over, and Python keeps it, also
    behind ``from None``.

    >>> kept_behind(AllianceError("row 2"))
    ''
    """
    behind: list[BaseException | None] = [error]
    seen: set[int] = set()
    for each in behind:
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        if not isinstance(each, AllianceError):
            return (
                f"a {type(each).__name__} is kept behind the {type(error).__name__} and may quote "
                "what it stumbled over: raise it outside the except block, and from nothing"
            )
        behind += [each.__cause__, each.__context__]
    return ""


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
