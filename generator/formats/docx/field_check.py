"""Checks that a template uses only known fields: every expression, also in branches that are not taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatchmethod
from typing import Any

from jinja2 import nodes

from generator.formats.docx.fields import LOOPS, WHOLE, DocumentFields, SectionFields, element_type, field_types

_ANYTHING = None
_SAME_KIND = frozenset({"sort", "reverse", "list", "select", "reject", "selectattr", "rejectattr", "unique", "default"})
_OF_A_LIST = frozenset({"first", "last"})


class FieldFault(StrEnum):
    UNKNOWN = "unknown"
    FORBIDDEN = "forbidden"
    WHOLE_PARAGRAPHS = "whole_paragraphs"


@dataclass(frozen=True, slots=True)
class FoundFault:
    """One fault: the line of Jinja's source (1-based), the name as written, and the names allowed there."""

    kind: FieldFault
    line: int
    name: str
    known: tuple[str, ...] = ()


def field_faults(tree: nodes.Template) -> tuple[FoundFault, ...]:
    """Finds every name in the template that is no field, and every use that no template needs."""
    walk = _Walk()
    walk.visit(tree)
    return tuple(walk.faults)


class _Walk:
    """Walks the expressions; each visit returns the type of the expression, or `_ANYTHING` if it is unknown."""

    def __init__(self) -> None:
        self.faults: list[FoundFault] = []
        self._names: dict[str, Any] = dict(field_types(DocumentFields))

    @singledispatchmethod
    def visit(self, node: nodes.Node) -> Any:
        for child in node.iter_child_nodes():
            self.visit(child)
        return _ANYTHING

    @visit.register
    def _name(self, node: nodes.Name) -> Any:
        if node.ctx == "load" and node.name not in self._names:
            self.faults.append(FoundFault(FieldFault.UNKNOWN, node.lineno, node.name, tuple(self._names)))
        return self._names.get(node.name, _ANYTHING)

    @visit.register
    def _const(self, node: nodes.Const) -> Any:
        return type(node.value)

    @visit.register
    def _getattr(self, node: nodes.Getattr) -> Any:
        return self._field(node, node.attr, self.visit(node.node))

    @visit.register
    def _getitem(self, node: nodes.Getitem) -> Any:
        owner = self.visit(node.node)
        self.visit(node.arg)
        if isinstance(node.arg, nodes.Slice) and self._are_goals(node.node, owner):
            self._forbid(node, f"{_written(node.node)}[…]")
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._field(node, node.arg.value, owner)
        return element_type(owner) if not isinstance(node.arg, nodes.Slice) else owner

    def _are_goals(self, node: nodes.Node, kind: Any) -> bool:
        """True for the goals that a report must print all: its sections, and the rows of one."""
        while isinstance(node, nodes.Filter) and node.node:
            node = node.node
        is_of_section = isinstance(node, nodes.Getattr) and self.visit(node.node) is SectionFields
        return element_type(kind) is SectionFields or is_of_section

    def _field(self, node: nodes.Getattr | nodes.Getitem, name: str, owner: Any) -> Any:
        written = f"{_written(node.node)}.{name}"
        if name.startswith("_"):
            self._forbid(node, written)
        elif owner is not _ANYTHING and name not in field_types(owner):
            known = _known(_written(node.node), owner)
            self.faults.append(FoundFault(FieldFault.UNKNOWN, node.lineno, written, known))
        return field_types(owner).get(name, _ANYTHING)

    @visit.register
    def _output(self, node: nodes.Output) -> None:
        for child in node.nodes:
            kind, written = self.visit(child), _written(child)
            if kind in WHOLE:
                self.faults.append(FoundFault(FieldFault.WHOLE_PARAGRAPHS, child.lineno, written))
            elif field_types(kind) or element_type(kind):
                self.faults.append(FoundFault(FieldFault.UNKNOWN, child.lineno, written, _known(written, kind)))

    @visit.register
    def _filter(self, node: nodes.Filter) -> Any:
        kind = self.visit(node.node) if node.node else _ANYTHING
        for argument in (*node.args, *node.kwargs):
            self.visit(argument)
        if node.name in _SAME_KIND:
            return kind
        return element_type(kind) if node.name in _OF_A_LIST else _ANYTHING

    @visit.register
    def _call(self, node: nodes.Call) -> Any:
        callee = node.node
        if not isinstance(callee, nodes.Name) and _written(callee).partition(".")[0] != "loop":
            self._forbid(node, f"{_written(callee)}()")
            return _ANYTHING
        for child in node.iter_child_nodes():
            self.visit(child)
        return _ANYTHING

    @visit.register
    def _for(self, node: nodes.For) -> None:
        element = element_type(self.visit(node.iter))
        with_loop = {**self._bound(node.target, element), "loop": _ANYTHING}
        self._visit_within(with_loop, (*((node.test,) if node.test else ()), *node.body, *node.else_))

    @visit.register
    def _assign(self, node: nodes.Assign) -> None:
        self._names |= self._bound(node.target, self.visit(node.node))

    @visit.register
    def _assignblock(self, node: nodes.AssignBlock) -> None:
        self._visit_within({}, node.body)
        self._names |= self._bound(node.target, _ANYTHING)

    @visit.register
    def _with(self, node: nodes.With) -> None:
        kinds = [self.visit(value) for value in node.values]
        bound = [self._bound(target, kind) for target, kind in zip(node.targets, kinds, strict=True)]
        self._visit_within({name: kind for names in bound for name, kind in names.items()}, node.body)

    @visit.register
    def _macro(self, node: nodes.Macro) -> None:
        self._names[node.name] = _ANYTHING
        arguments = {argument.name: _ANYTHING for argument in node.args}
        self._visit_within({**arguments, "caller": _ANYTHING, "varargs": _ANYTHING}, (*node.defaults, *node.body))

    @visit.register
    def _scopedevalcontextmodifier(self, node: nodes.ScopedEvalContextModifier) -> None:
        self._forbid(node, "autoescape")

    @visit.register
    def _other_file(self, node: nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends) -> None:
        self._forbid(node, type(node).__name__.lower())

    def _forbid(self, node: nodes.Node, name: str) -> None:
        self.faults.append(FoundFault(FieldFault.FORBIDDEN, node.lineno, name))

    def _bound(self, target: nodes.Node, kind: Any) -> dict[str, Any]:
        if isinstance(target, nodes.Name):
            return {target.name: kind}
        return {name.name: _ANYTHING for name in target.find_all(nodes.Name)}

    def _visit_within(self, names: Mapping[str, Any], body: Any) -> None:
        outer = self._names
        self._names = {**outer, **names}
        for node in body:
            self.visit(node)
        self._names = outer


def _known(written: str, owner: Any) -> tuple[str, ...]:
    """Returns the fields that are allowed there; for a list, those that a loop over it can print."""
    element = element_type(owner)
    if element in LOOPS:
        return tuple(f"{LOOPS[element]}.{field}" for field in field_types(element)) or (LOOPS[element],)
    return tuple(f"{written}.{field}" for field in field_types(owner)) or (written,)


def _written(node: nodes.Node) -> str:
    """Returns an expression as its author wrote it, as far as it consists of names."""
    return ".".join(_names_of(node))


def _names_of(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, nodes.Getattr):
        yield from _names_of(node.node)
        yield node.attr
    elif isinstance(node, nodes.Getitem):
        yield from _names_of(node.node)
    elif isinstance(node, nodes.Const):
        yield repr(node.value)
    else:
        yield "…"
