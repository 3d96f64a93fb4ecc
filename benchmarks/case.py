"""What a measured case is: its name, its sizes, and the lines that it gives for the table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Sample, exponent


@dataclass(frozen=True, slots=True)
class Aim:
    """What is hoped for, at least and in the end; nothing fails where it is not met.

    In `×` it is how many times as fast as the peer ours is to be; in any other unit, the most that ours may cost.
    """

    least: float | None = None
    wanted: float | None = None
    unit: str = "×"

    @property
    def texts(self) -> tuple[str, str]:
        """At least and in the end, in words; empty where nothing is hoped for."""
        most = "" if self.unit == "×" else "≤ "
        least, wanted = (
            "" if value is None else f"{most}{value:g} {self.unit}".rstrip() for value in (self.least, self.wanted)
        )
        return least, wanted


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: ours, beside a peer that was measured in the same run (None: it has no peer)."""

    what: str
    ours: Sample
    peer: Sample | None = None
    aim: Aim = Aim()
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """How many times as much as ours the peer costs; None without a peer, and between exponents."""
        return self.peer.median / self.ours.median if self.peer and self.unit != "exponent" else None


@dataclass(frozen=True, slots=True)
class Bench:
    """How a case is to be measured: where its offices are kept, how often, on which sizes, with how many officers.

    Where the sizes count officers themselves, `officers` says nothing.
    """

    folder: Path
    repeats: int
    sizes: tuple[int, ...]
    officers: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A case, the sizes it has in `make bench` and in `make bench-quick`, and what they count."""

    name: str
    measure: Callable[[Bench], Iterator[Line]]
    unit: str
    sizes: tuple[int, ...]
    quick: tuple[int, ...]


def growth(what: str, sizes: tuple[int, ...], ours: list[Sample], peer: list[Sample], *, aim: Aim = Aim()) -> Line:
    """Returns the line that says how ours and the peer grow with size: 1 is linear."""
    found = [exponent(sizes, [sample.median for sample in samples]) for samples in (ours, peer)]
    names = ours[0].name, peer[0].name
    first, second = (Sample(name, (value,)) for name, value in zip(names, found, strict=True))
    return Line(f"{what}: growth exponent, {min(sizes)} to {max(sizes)}", first, second, aim, "exponent")


def value_text(value: float, unit: str) -> str:
    """Returns a value in three significant digits, with its unit."""
    return f"{value:.2f}" if unit == "exponent" else f"{value:.3g} {unit}"
