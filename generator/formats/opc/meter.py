"""Counts the content of a workbook from anyone, and refuses it above the limits."""

from collections import Counter


class RefusedError(Exception):
    """Reading stops because a limit was exceeded.

    `rule` and `value` are those of `Unreadable`: `too-large-workbook` and `cells 400000`, say.
    """

    def __init__(self, rule: str, value: str) -> None:
        super().__init__(rule, value)
        self.rule, self.value = rule, value


class Meter:
    """Adds up counts, each under the name of its limit.

    Args:
        limits: an object with the limit of each count as an attribute.
    """

    def __init__(self, limits: object) -> None:
        self._limits = limits
        self._met: Counter[str] = Counter()

    def add(self, what: str, amount: int) -> None:
        """Adds to a count; raises RefusedError if it is then above its limit."""
        self._met[what] += amount
        self.check(what, self._met[what])

    def met(self, what: str) -> int:
        """Returns a count so far."""
        return self._met[what]

    def check(self, what: str, amount: float) -> None:
        """Raises RefusedError if an amount is above its limit."""
        if amount > (limit := getattr(self._limits, what)):
            raise RefusedError("too-large-workbook", f"{what} {limit}")

    def text(self, text: str) -> str:
        """Returns the text after adding its characters."""
        self.add("characters", len(text))
        return text
