"""The colours, by role, on paper and in the dark.

A chart is drawn in the light colours; the other themes are the same drawing with each light colour replaced, so every
light colour stands for one role alone. Chosen to keep their order in grey and to be told apart by colour-blind eyes:
nothing rests on red against green, and the pain is also marked by its place and its words.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#fcfaf5",
        "ink": "#1f2a30",
        "muted": "#59646a",
        "grid": "#e6e1d6",
        "line": "#c9c2b4",
        "bar": "#7290a5",
        "bar-light": "#c5d1da",
        "dot": "#33434d",
        "dot-light": "#9db0bc",
        "band": "#e4eaee",
        "pain": "#b5401f",
        "pain-soft": "#ecc5b6",
        "window": "#f8ecd4",
        "window-edge": "#9a6a14",
        "paved": "#8d8474",
        "gravel": "#b7b296",
        "trail": "#d9e0cf",
        "gap": "#f2efe8",
        "gap-line": "#cdc7ba",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#14191c",
        "ink": "#eee9de",
        "muted": "#abb3b4",
        "grid": "#2a3236",
        "line": "#4b565b",
        "bar": "#7e9fb7",
        "bar-light": "#3d505d",
        "dot": "#d9e2e6",
        "dot-light": "#6c808c",
        "band": "#25323a",
        "pain": "#ff9472",
        "pain-soft": "#6b3a2b",
        "window": "#37301d",
        "window-edge": "#e2b65e",
        "paved": "#a1978a",
        "gravel": "#666a55",
        "trail": "#303b2f",
        "gap": "#1c2225",
        "gap-line": "#475157",
    }
)
THEMES: Mapping[str, Mapping[str, str]] = MappingProxyType({"light": LIGHT, "dark": DARK})

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"


def colour(role: str) -> str:
    """Return the light colour of a role: what every chart is drawn in.

    Raises
    ------
    KeyError
        No such role.

    Examples
    --------
    >>> colour("pain")
    '#b5401f'
    """
    return LIGHT[role]


def recoloured(text: str, theme: str) -> str:
    """Return a drawing (SVG or Vega-Lite text) with every light colour replaced by the theme's.

    Parameters
    ----------
    text : str
        Drawn in the light colours.
    theme : {"light", "dark", "page"}
        "page" leaves the choice to the page: each colour becomes a CSS variable with the light one as fallback.

    Raises
    ------
    KeyError
        No such theme.

    Examples
    --------
    >>> recoloured('<path fill="#b5401f"/>', "page")
    '<path fill="var(--pain, #b5401f)"/>'
    """
    if theme == "light":
        return text
    for role, light in LIGHT.items():
        text = text.replace(light, f"var(--{role}, {light})" if theme == "page" else THEMES[theme][role])
    return text
