"""Colours in a Word document as six hex digits: themes, tints, patterns, and their contrast."""

import colorsys
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

AUTO = "auto"  # black or white, whichever the background asks for; of a background: none
BLACK, WHITE = "000000", "FFFFFF"
_HEX = re.compile("[0-9A-Fa-f]{6}")
_PERCENT = re.compile(r"pct(\d+)")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# The names of the attributes: of the colour itself, its name in the theme, its tint and its shade.
_TEXT = (w("val"), w("themeColor"), w("themeTint"), w("themeShade"))
_FILL = (w("fill"), w("themeFill"), w("themeFillTint"), w("themeFillShade"))
_PATTERN = (w("color"), w("themeColor"), w("themeTint"), w("themeShade"))

_HIGHLIGHTS = MappingProxyType(
    {
        "black": BLACK,
        "blue": "0000FF",
        "cyan": "00FFFF",
        "darkBlue": "000080",
        "darkCyan": "008080",
        "darkGray": "808080",
        "darkGreen": "008000",
        "darkMagenta": "800080",
        "darkRed": "800000",
        "darkYellow": "808000",
        "green": "00FF00",
        "lightGray": "C0C0C0",
        "magenta": "FF00FF",
        "red": "FF0000",
        "white": WHITE,
        "yellow": "FFFF00",
    }
)
# The theme's own names for its colours, where they differ from those of w:themeColor.
_IN_THEME = MappingProxyType(
    {"dark1": "dk1", "dark2": "dk2", "light1": "lt1", "light2": "lt2", "hyperlink": "hlink"}
    | {"followedHyperlink": "folHlink"}
)
_FIXED = ("dark1", "dark2", "light1", "light2")
# Names that w:clrSchemeMapping maps to others: each with the attribute that does it, and what it usually says.
_MAPPED = MappingProxyType(
    {
        "text1": ("t1", "dark1"),
        "text2": ("t2", "dark2"),
        "background1": ("bg1", "light1"),
        "background2": ("bg2", "light2"),
    }
    | {name: (name, name) for name in ("hyperlink", "followedHyperlink", *(f"accent{n}" for n in range(1, 7)))}
)

Theme = Mapping[str, str]


def read_theme(theme: Element | None, settings: Element | None) -> Theme:
    """Reads the theme's colours by their names in w:themeColor."""
    scheme = None if theme is None else next(theme.iter(f"{_A}clrScheme"), None)
    if scheme is None:
        return {}
    own = {str(item.tag).removeprefix(_A): colour for item in scheme if (colour := _scheme_colour(item))}
    mapping = None if settings is None else settings.find(w("clrSchemeMapping"))
    written = {} if mapping is None else {str(name): str(value) for name, value in mapping.attrib.items()}
    mapped = {name: written.get(w(key), usual) for name, (key, usual) in _MAPPED.items()}
    mapped |= {name: name for name in _FIXED}
    found = {name: own.get(_IN_THEME.get(to, to)) for name, to in mapped.items()}
    return {name: colour for name, colour in found.items() if colour}


def _scheme_colour(item: Element) -> str | None:
    colour = item[0].get("lastClr") or item[0].get("val") if len(item) else None
    return str(colour).upper() if _HEX.fullmatch(str(colour)) else None


def text_colour(element: Element, theme: Theme) -> str:
    """Returns the text colour of a w:color."""
    return _colour(element, _TEXT, theme)


def page_colour(document: Element, settings: Element | None, theme: Theme) -> str:
    """Returns the colour of the paper: programs show w:background only if the settings tell them to."""
    background = document.find(w("background"))
    is_shown = settings is not None and settings.find(w("displayBackgroundShape")) is not None
    colour = _colour(background, _PATTERN, theme) if background is not None and is_shown else AUTO
    return WHITE if colour == AUTO else colour


def highlight_colour(element: Element) -> str:
    return _HIGHLIGHTS.get(str(element.get(w("val"))), AUTO)


def shading_colour(element: Element, theme: Theme) -> str:
    """Returns the colour of a w:shd: its fill, or its pattern mixed with it."""
    fill, pattern = _colour(element, _FILL, theme), str(element.get(w("val")))
    percent = _PERCENT.fullmatch(pattern)
    share = 100 if pattern == "solid" else int(percent[1]) if percent else 0
    if not share:
        return AUTO if pattern == "nil" else fill
    upper = _colour(element, _PATTERN, theme)
    return _mixed(BLACK if upper == AUTO else upper, WHITE if fill == AUTO else fill, min(share, 100) / 100)


@cache
def contrast(first: str, second: str) -> float:
    """Returns the contrast of two colours, 1 to 21.

    Source: WCAG 2.1, 1.4.3 and the definition of contrast ratio.
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def is_grey(colour: str) -> bool:
    return colour == AUTO or max(_channels(colour)) - min(_channels(colour)) < 1 / 16


def _colour(element: Element, names: tuple[str, str, str, str], theme: Theme) -> str:
    own, themed, tint, shade = (str(element.get(name) or "") for name in names)
    if themed in theme:
        return _toned(theme[themed], tint, shade)
    return own.upper() if _HEX.fullmatch(own) else AUTO


def _toned(colour: str, tint: str, shade: str) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    if share := _share(tint):
        light = light * share + 1 - share
    if share := _share(shade):
        light *= share
    return _hex(colorsys.hls_to_rgb(hue, light, saturation))


def _share(written: str) -> float:
    """Returns `BF` as 0.75; 0 for an empty text."""
    return int(written, 16) / 255 if re.fullmatch("[0-9A-Fa-f]{1,2}", written) else 0.0


def _mixed(upper: str, lower: str, share: float) -> str:
    pairs = zip(_channels(upper), _channels(lower), strict=True)
    red, green, blue = (one * share + other * (1 - share) for one, other in pairs)
    return _hex((red, green, blue))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[float, float, float]:
    return int(colour[:2], 16) / 255, int(colour[2:4], 16) / 255, int(colour[4:], 16) / 255


def _hex(channels: tuple[float, float, float]) -> str:
    return "".join(f"{round(channel * 255):02X}" for channel in channels)
