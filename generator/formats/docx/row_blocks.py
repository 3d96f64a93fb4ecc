"""Finds the loops of a template that print a row for each goal, and makes the printer print these rows one by one.

A row that depends on nothing but its goal is the same in every document, so it need be printed only once.
"""

from collections.abc import Iterator, Sequence

from jinja2 import nodes

from generator.formats.docx.row_plan import OWN_LANGUAGE, RowPlan, make_plan

# The filter, and the value of the context that it calls.
ROW_PRINTER, ROWS = "_printed_row", "_rows"
_MACRO = "_row_of_block_"
# Fields of the document that a row may print too: they are the same wherever kept rows are used again.
_SHARED = frozenset({OWN_LANGUAGE})


def mark_row_blocks(template: nodes.Template) -> tuple[RowPlan | None, ...]:
    """Changes each such loop to `{% for row in … %}{{ row|_printed_row(number, macro) }}{% endfor %}`.

    What stood in the loop becomes a macro at the template's beginning. Returns the loops' plans by number; None for one
    whose rows only the macro can print.
    """
    environment = template.environment
    assert environment
    loops = tuple(loop for loop in template.find_all(nodes.For) if _prints_rows(loop))
    plans = tuple(map(make_plan, loops))
    for number, loop in enumerate(loops):
        target = loop.target
        assert isinstance(target, nodes.Name)
        name = f"{_MACRO}{number}"
        macro = nodes.Macro(name, [nodes.Name(target.name, "param")], [], loop.body, lineno=loop.lineno)
        arguments: list[nodes.Expr] = [nodes.Const(number), nodes.Name(name, "load")]
        printed = nodes.Filter(nodes.Name(target.name, "load"), ROW_PRINTER, arguments, [], None, None)
        loop.body = [nodes.Output([printed], lineno=loop.lineno)]
        template.body.insert(number, macro)
    template.set_environment(environment)
    return plans


def _prints_rows(loop: nodes.For) -> bool:
    """True if a loop prints whole table rows that depend on nothing but the loop's own variable and `_SHARED`."""
    if not isinstance(loop.target, nodes.Name) or loop.test or loop.else_ or loop.recursive:
        return False
    first, last = _data(loop.body[:1]), _data(loop.body[-1:])
    if not (first and first[0].lstrip().startswith("<w:tr") and last[-1].rstrip().endswith("</w:tr>")):
        return False
    own = {loop.target.name, *_SHARED, *_names_set(loop.body)}
    return all(name.ctx != "load" or name.name in own for name in _names(loop.body)) and _sets_nothing(loop.body)


def _data(body: Sequence[nodes.Node]) -> list[str]:
    """The template's own text at the ends of an output; empty where it begins or ends with anything else."""
    output = body[0] if body else None
    if not isinstance(output, nodes.Output):
        return []
    ends = (output.nodes[0], output.nodes[-1])
    return [end.data for end in ends if isinstance(end, nodes.TemplateData)]


def _names(body: Sequence[nodes.Node]) -> Iterator[nodes.Name]:
    return (name for node in body for name in node.find_all(nodes.Name))


def _names_set(body: Sequence[nodes.Node]) -> set[str]:
    """The names that our own blocks set: no author's name begins so."""
    return {name.name for name in _names(body) if name.ctx == "store" and name.name.startswith("_")}


def _sets_nothing(body: Sequence[nodes.Node]) -> bool:
    """True if nothing is set that would outlive the loop's step, or that another name could be mistaken for."""
    others = (name for name in _names(body) if name.ctx != "load" and not name.name.startswith("_"))
    return next(others, None) is None and not any(next(node.find_all(nodes.NSRef), None) for node in body)
