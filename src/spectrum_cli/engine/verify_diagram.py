"""Functions over a large finite space, exactly and without a list of its points.

A function of several variables with a few classes each is kept as a decision diagram: a node asks for the class of
one variable and has one child a class; a leaf is a value. Equal nodes are one node, and a node whose children are all
the same is left out, so that two functions are equal just if they are the same node. The order of the variables is
that of their numbers.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence

Node = int
Path = Mapping[int, int]
"""Classes of some variables; the others may have any."""


class Diagrams:
    """The diagrams over one set of variables. ``sizes`` has the number of classes of each."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self._variables: list[int] = []
        self._children: list[tuple[Node, ...]] = []
        self._values: list[Hashable] = []
        self._known: dict[tuple[int, object, tuple[Node, ...]], Node] = {}

    def leaf(self, value: Hashable) -> Node:
        """Return the function that has one value everywhere."""
        return self._add(len(self.sizes), value, ())

    def node(self, variable: int, children: Sequence[Node]) -> Node:
        """Return the function that is the child of the variable's class. Children ask for later variables only."""
        first = children[0]
        if all(child == first for child in children):
            return first
        return self._add(variable, None, tuple(children))

    def _add(self, variable: int, value: Hashable, children: tuple[Node, ...]) -> Node:
        # 0, 0.0 and False are equal and not the same leaf.
        key = (variable, (type(value), value), children)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self._variables)
            self._variables.append(variable)
            self._children.append(children)
            self._values.append(value)
        return known

    def is_leaf(self, node: Node) -> bool:
        """Whether a function has one value everywhere."""
        return self._variables[node] == len(self.sizes)

    def value(self, leaf: Node) -> Hashable:
        """Return the value of a leaf."""
        return self._values[leaf]

    def top(self, *nodes: Node) -> int:
        """Return the first variable that any of the functions asks for."""
        return min(self._variables[node] for node in nodes)

    def children(self, node: Node, variable: int) -> tuple[Node, ...]:
        """Return what is left of a function for each class of a variable that is not after its first."""
        if self._variables[node] == variable:
            return self._children[node]
        return (node,) * self.sizes[variable]

    def combine(self, function: Callable[..., Hashable], *nodes: Node) -> Node:
        """Return the function whose value is made, at every point, from the values of others."""
        known: dict[tuple[Node, ...], Node] = {}

        def combined(*parts: Node) -> Node:
            found = known.get(parts)
            if found is None:
                variable = self.top(*parts)
                if variable == len(self.sizes):
                    found = self.leaf(function(*(self._values[part] for part in parts)))
                else:
                    families = zip(*(self.children(part, variable) for part in parts), strict=True)
                    found = self.node(variable, [combined(*family) for family in families])
                known[parts] = found
            return found

        return combined(*nodes)

    def fix(self, node: Node, variable: int, chosen: int) -> Node:
        """Return the function with one variable held to a class."""
        known: dict[Node, Node] = {}

        def fixed(part: Node) -> Node:
            found = known.get(part)
            if found is None:
                asked = self._variables[part]
                if asked > variable:
                    found = part
                elif asked == variable:
                    found = self._children[part][chosen]
                else:
                    found = self.node(asked, [fixed(child) for child in self._children[part]])
                known[part] = found
            return found

        return fixed(node)

    def values(self, node: Node) -> set[Hashable]:
        """Return every value that a function has somewhere."""
        seen: set[Node] = set()
        found: set[Hashable] = set()
        waiting = [node]
        while waiting:
            part = waiting.pop()
            if part not in seen:
                seen.add(part)
                waiting += self._children[part]
                if self.is_leaf(part):
                    found.add(self._values[part])
        return found

    def find(self, node: Node, wanted: Callable[[Hashable], bool]) -> Path | None:
        """Return where a function has a wanted value, taking the first classes that lead there; None if nowhere."""
        hopeless: set[Node] = set()

        def found(part: Node) -> dict[int, int] | None:
            if part in hopeless:
                return None
            if self.is_leaf(part):
                if wanted(self._values[part]):
                    return {}
            else:
                for number, child in enumerate(self._children[part]):
                    path = found(child)
                    if path is not None:
                        return {self._variables[part]: number, **path}
            hopeless.add(part)
            return None

        return found(node)

    def at(self, node: Node, point: Sequence[int]) -> Hashable:
        """Return the value at a point: one class for each variable that is asked for."""
        while not self.is_leaf(node):
            node = self._children[node][point[self._variables[node]]]
        return self._values[node]

    def tally(self, node: Node, weights: Sequence[Sequence[int]]) -> dict[Hashable, int]:
        """Return how much of the space has each value; ``weights`` say how much each class counts for."""
        wholes = [sum(part) for part in weights]
        known: dict[Node, dict[Hashable, int]] = {}

        def below(part: Node) -> dict[Hashable, int]:
            found = known.get(part)
            if found is None:
                found = {}
                if self.is_leaf(part):
                    found[self._values[part]] = 1
                else:
                    asked = self._variables[part]
                    for child, weight in zip(self._children[part], weights[asked], strict=True):
                        factor = weight * _product(wholes[asked + 1 : self._variables[child]])
                        for value, count in below(child).items():
                            found[value] = found.get(value, 0) + factor * count
                known[part] = found
            return found

        skipped = _product(wholes[: self._variables[node]])
        return {value: count * skipped for value, count in below(node).items() if count}

    def each(self, node: Node) -> "Sequence[tuple[Path, Node]]":
        """Return every node that asks for a variable, once, with one way that leads to it."""
        found: dict[Node, dict[int, int]] = {}
        waiting: list[tuple[Node, dict[int, int]]] = [(node, {})]
        while waiting:
            part, path = waiting.pop()
            if part in found or self.is_leaf(part):
                continue
            found[part] = path
            asked = self._variables[part]
            waiting += [(child, {**path, asked: number}) for number, child in enumerate(self._children[part])]
        return [(path, part) for part, path in found.items()]

    def vectors(self, nodes: Sequence[Node], leave: Callable[[int, int], bool]) -> dict[tuple[Hashable, ...], Path]:
        """Return each tuple of values that the functions have together somewhere, and one place where they do.

        Classes that ``leave`` names by variable and number are not looked at.
        """
        seen: set[tuple[Node, ...]] = set()
        found: dict[tuple[Hashable, ...], Path] = {}
        waiting: list[tuple[tuple[Node, ...], dict[int, int]]] = [(tuple(nodes), {})]
        while waiting:
            parts, path = waiting.pop()
            if parts in seen:
                continue
            seen.add(parts)
            variable = self.top(*parts)
            if variable == len(self.sizes):
                found.setdefault(tuple(self._values[part] for part in parts), path)
                continue
            for number, family in enumerate(zip(*(self.children(part, variable) for part in parts), strict=True)):
                if not leave(variable, number):
                    waiting.append((family, {**path, variable: number}))
        return found


def _product(numbers: Sequence[int]) -> int:
    result = 1
    for number in numbers:
        result *= number
    return result
