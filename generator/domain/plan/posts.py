"""Names of posts: the present name and the former names of a renamed post mean the same officer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.domain.base.text import name_key


@dataclass(frozen=True, slots=True)
class PostNames:
    """The present names of renamed posts, by the keys (`name_key`) of their former names."""

    present: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, name: str) -> str:
        """Returns a post's present name; the same name if the post was not renamed."""
        return self.present.get(name_key(name), name) if self.present else name

    def key(self, key: str) -> str:
        """Returns the key of a post's present name, for the key of any of its names."""
        return name_key(self.present[key]) if key in self.present else key

    def former(self, name: str) -> tuple[str, ...]:
        """Returns the keys of a post's former names."""
        return tuple(key for key, present in self.present.items() if name_key(present) == name_key(name))


SAME_NAMES = PostNames()


def post_names(renamed: Iterable[tuple[str, str]], in_use: Iterable[str]) -> PostNames:
    """Returns the names of renamed posts.

    Args:
        renamed: former and present names. A former name that two posts claim is nobody's.
        in_use: names that are posts now, and so no former names.
    """
    pairs = {(name_key(former), name_key(present)): present for former, present in renamed}
    claims = Counter(former for former, _ in pairs)
    now = frozenset(map(name_key, in_use))
    return PostNames(
        MappingProxyType({key: name for (key, _), name in pairs.items() if claims[key] == 1 and key not in now})
    )
