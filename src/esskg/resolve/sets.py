"""Sets that can be united."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class DisjointSets(Generic[Item]):
    """A partition of items, each alone until united (Galler and Fischer 1964, with path halving)."""

    def __init__(self) -> None:
        self._parents: dict[Item, Item] = {}

    def find(self, item: Item) -> Item:
        """The representative of an item's set."""
        parents = self._parents
        while (parent := parents.setdefault(item, item)) != item:
            parents[item] = item = parents[parent]
        return item

    def unite(self, first: Item, second: Item) -> None:
        """Make two items' sets one."""
        self._parents[self.find(first)] = self.find(second)
