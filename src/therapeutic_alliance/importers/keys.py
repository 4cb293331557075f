"""Which forms were seen before, at 16 bytes of digest a form and never an answer."""

from hashlib import blake2b


class SeenForms:
    """Remembers the row of each form key, so that a second form of one key is noticed.

    >>> seen = SeenForms()
    >>> key = ("c1", 1, "wai-sr", "client", None, None)
    >>> seen.earlier(key, 2), seen.earlier(key, 9)
    (None, 2)
    """

    def __init__(self) -> None:
        self._rows: dict[bytes, int] = {}

    def earlier(self, key: tuple[object, ...], row: int) -> int | None:
        """The row of an earlier form with this key, else ``None``; remembers this one."""
        text = "\0".join("" if part is None else str(part) for part in key)
        digest = blake2b(text.encode(), digest_size=16).digest()
        first = self._rows.setdefault(digest, row)
        return None if first == row else first


class TrustedForms(SeenForms):
    """Remembers nothing: whoever reads the table vouches that no key stands there twice."""

    def earlier(self, key: tuple[object, ...], row: int) -> None:
        """Nothing is ever earlier."""
