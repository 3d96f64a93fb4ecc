"""Templates made to hang a program or to fill its memory, one trick each, for the tests of the bounded child."""

# In Jinja's words; each is put into a paragraph of its own.
_LITERAL = "[" + ", ".join("0123456789") + "]"


def _nested(depth: int, over: str, body: str = "x") -> str:
    loops = "".join(f"{{% for v{level} in {over} %}}" for level in range(depth))
    return loops + body + "{% endfor %}" * depth


def _doubled(times: int, first: str, twice: str) -> str:
    return f"{{% set a = {first} %}}" + f"{{% set a = {twice} %}}" * times + "{{ a|length }}"


TRICKS: dict[str, str] = {
    # Constants that Jinja would work out while compiling.
    "text repeated": "{{ 'x' * 10**9 }}",
    "text repeated from the left": "{{ 10**9 * 'x' }}",
    "list repeated": "{{ ([1] * 10**9)|length }}",
    "tuple repeated": "{{ ((1, 2) * 10**9)|length }}",
    "repeated in steps": "{{ 'x' * 9999 * 9999 * 9999 }}",
    "repeated list of lists": "{{ ([[1] * 9999] * 9999)|length }}",
    "wide format": "{{ '%999999999d' % 1 }}",
    "precise format": "{{ '%.999999999f' % 1 }}",
    "format with its width from a value": "{{ '%*d' % (999999999, 1) }}",
    "format with a name and a width": "{{ '%(a)999999999d' % {'a': 1} }}",
    "power": "{{ 7 ** (10 ** 9) }}",
    "power of a power": "{{ 9 ** 9 ** 9 ** 9 }}",
    "negative power": "{{ (0 - 7) ** (10 ** 9) }}",
    "power of a fraction": "{{ 1.5 ** (10 ** 9) }}",
    "long joined": "{{ (['x' * 9999] * 9999)|join('y' * 9999) }}",
    "joined with a long text": "{{ ('x' * 99999)|list|join('y' * 99999)|length }}",
    "condition": "{% if 'x' * 10**9 %}x{% endif %}",
    "argument": "{{ title|default('x' * 10**9) }}",
    "subscript": "{{ ('x' * 10**9)[0] }}",
    "slice": "{{ ('x' * 10**9)[::2] }}",
    "comparison": "{{ 'x' * 10**9 == 'x' }}",
    "set of a constant": "{% set a = 'x' * 10**9 %}{{ a|length }}",
    "member": "{{ 'y' in 'x' * 10**9 }}",
    "sum of lists": "{{ ([[1] * 999] * 99)|sum(start=[])|length }}",
    "text of a large number": "{{ 10 ** 4 ** 4 ** 4 }}",
    # Loops.
    "ten loops over a literal list": _nested(10, _LITERAL),
    "nine loops over a text": _nested(9, "'abcdefghijklmnopqrst'"),
    "ten loops that print nothing": _nested(10, _LITERAL, "{% if v0 > 10 %}x{% endif %}"),
    "loops over the sections": _nested(12, "sections"),
    "loops over all rows": _nested(9, "scale", "{{ v0 }}"),
    "thirteen loops": _nested(13, "scale"),
    "24 loops": _nested(24, "scale"),
    "sixty loops": _nested(60, "scale"),
    "loops in a condition": "{% if sections %}" + _nested(10, _LITERAL) + "{% endif %}",
    "loops behind else": "{% for x in [] %}{% else %}" + _nested(10, _LITERAL) + "{% endfor %}",
    "loops over filters": _nested(9, "('abcdefghijklmnopqrst'|list|sort)"),
    "loops with conditions": "{% for a in sections %}" + _nested(9, _LITERAL) + "{% endfor %}",
    "loops over loops' texts": "{% for a in title %}" + _nested(8, "(title ~ title)") + "{% endfor %}",
    "macro that calls itself": "{% macro m(n) %}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
    "macro that calls itself twice": (
        "{% macro m(n) %}{% if n < 40 %}{{ m(n + 1) }}{{ m(n + 1) }}{% endif %}{% endmacro %}{{ m(0) }}"
    ),
    "macros by turns": "{% macro a(n) %}{{ a(n - 1) if n }}{{ a(n - 1) if n }}{% endmacro %}{{ a(60) }}",
    "recursive loop": "{% for x in sections recursive %}{{ loop(sections) }}{% endfor %}",
    "recursive loop twice": "{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{{ loop([1, 2]) }}{% endfor %}",
    # What grows step by step.
    "text doubled 60 times": _doubled(60, "'xxxxxxxxxx'", "a ~ a"),
    "text added to itself": _doubled(60, "'xxxxxxxxxx'", "a + a"),
    "list doubled 28 times": _doubled(28, "[1, 2, 3]", "a + a"),
    "list doubled 60 times": _doubled(60, "[1]", "a + a"),
    "list in a list": _doubled(60, "[1]", "[a, a]") + "{{ a|string if a is defined }}",
    "number squared": "{% set a = 99 %}" + "{% set a = a * a %}" * 40 + "{{ a }}",
    "number to its own power": "{% set a = 9 %}" + "{% set a = a ** a %}" * 9 + "{{ a }}",
    "joined again and again": _doubled(30, "'xy'", "(a ~ a)|list|join(a[:9])"),
    "title doubled": _doubled(60, "title", "a ~ a"),
    "upper case doubled": _doubled(60, "'ß'", "(a ~ a)|upper"),
    "kept text doubled": "{% set a %}xxxxxxxxxx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40 + "{{ a }}",
    "with doubled": "{% set a = 'xxxx' %}"
    + "".join(f"{{% with b{n} = a ~ a %}}" for n in range(5))
    + _doubled(50, "'xx'", "a ~ a")
    + "{% endwith %}" * 5,
    # What is long by itself.
    "open tags": "{{ " * 100_000,
    "closed tags": "}} " * 100_000,
    "comments begun": "{# " * 100_000,
    "blocks begun": "{% " * 100_000,
    "braces": "{" * 200_000,
    "brackets": "{{ " + "[" * 5_000 + "]" * 5_000 + " }}",
    "parentheses": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "sums": "{{ " + "1 + " * 50_000 + "1 }}",
    "filters": "{{ title" + "|upper" * 5_000 + " }}",
    "comparisons": "{{ " + "1 < " * 20_000 + "2 }}",
    "conditions": "{% if title %}" * 400 + "x" + "{% endif %}" * 400,
    "else after else": "{% if title %}" + "{% elif title %}" * 5_000 + "{% endif %}",
    "attributes": "{{ title" + ".a" * 20_000 + " }}",
    "subscripts": "{{ title" + "[0]" * 5_000 + " }}",
    "quotes": "{{ '" + "\\'" * 100_000 + "' }}",
    "a long name": "{{ " + "a" * 500_000 + " }}",
    "a long number": "{{ " + "9" * 200_000 + " }}",
    "a long text": "{{ '" + "x" * 1_000_000 + "' }}",
    "nots": "{{ " + "not " * 20_000 + "1 }}",
    "minuses": "{{ " + "-" * 20_000 + "1 }}",
    "tildes": "{{ 'x'" + " ~ 'x'" * 20_000 + " }}",
    "blanks in a tag": "{{" + " " * 500_000 + "title }}",
    "one tag many times": "{{ title }}" * 20_000,
    "one condition many times": "{% if title %}x{% endif %}" * 10_000,
    # Ways out.
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ title.__init__.__globals__ }}",
    "format of a text": "{{ '{0.__class__}'.format(title) }}",
    "attribute filter": "{{ title|attr('__class__') }}",
    "map of an attribute": "{{ [title]|map(attribute='__class__')|list }}",
    "selection by an attribute": "{{ sections|selectattr('__class__')|list|length }}",
    "sort by an attribute": "{{ sections|sort(attribute='__class__')|length }}",
    "groups by an attribute": "{{ sections|groupby('__class__') }}",
    "range": "{% for x in range(10**9) %}x{% endfor %}",
    "cycler": "{{ cycler('a').__init__.__globals__ }}",
    "lipsum": "{{ lipsum(n=10**6) }}",
    "undefined": "{{ nothing.__class__ }}",
    "include": "{% include '/etc/passwd' %}",
    "printed as XML": "{{ '<w:p>'|safe }}",
    "centred": "{{ 'x'|center(10**9) }}",
    "indented": "{{ 'x'|indent(10**9) }}",
    "batches": "{{ [1]|batch(10**9, 'x')|list|length }}",
    "slices": "{{ [1]|slice(10**9)|list|length }}",
    "rounded": "{{ 1.5|round(10**9) }}",
    "replaced": "{{ 'xx'|replace('x', 'x' * 99999) }}",
    "wrapped": "{{ ('x ' * 50000)|wordwrap(1) }}",
}
