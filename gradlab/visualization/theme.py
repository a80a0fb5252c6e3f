"""The colours and looks that every picture shares.

A picture never names a colour. It names a *look* ("forward", "ghost", "wrong"),
and the theme turns that into colours that read on white, on black and, through
shape, dash and words, in grey. The hues are those of Okabe and Ito.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark", "auto"]
THEMES: tuple[Theme, ...] = ("light", "dark", "auto")
FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',Verdana,sans-serif"
MONO = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace"

LIGHT: dict[str, str] = {
    "paper": "#ffffff",
    "ink": "#1b1f24",
    "soft": "#57606a",
    "line": "#8792a0",
    "shade": "#f1f4f8",
    "forward": "#0072b2",
    "forward-ink": "#005a8f",
    "forward-fill": "#e0f0fb",
    "gradient": "#d55e00",
    "gradient-ink": "#a34100",
    "gradient-fill": "#fdecdc",
    "local": "#007a5a",
    "local-ink": "#00684b",
    "local-fill": "#dff4ec",
    "ghost": "#868d98",
    "ghost-ink": "#5f6772",
    "wrong": "#c1121f",
    "wrong-ink": "#a30f1a",
    "wrong-fill": "#fde8e9",
}
DARK: dict[str, str] = {
    "paper": "#111418",
    "ink": "#eef2f6",
    "soft": "#adb7c3",
    "line": "#717c89",
    "shade": "#20262d",
    "forward": "#56b4e9",
    "forward-ink": "#8ccdf3",
    "forward-fill": "#12303f",
    "gradient": "#e69f00",
    "gradient-ink": "#f5bb4a",
    "gradient-fill": "#382a0a",
    "local": "#2fbf92",
    "local-ink": "#6adbb6",
    "local-fill": "#0e3026",
    "ghost": "#838e9b",
    "ghost-ink": "#a3adb9",
    "wrong": "#ff6b6b",
    "wrong-ink": "#ff9c9c",
    "wrong-fill": "#3d181b",
}
# Inside JupyterLab these two follow the lab's own theme, custom ones too.
_LAB = {"paper": "--jp-layout-color0", "ink": "--jp-content-font-color1"}


@dataclass(frozen=True)
class Look:
    """How one kind of box or arrow is drawn: colour names, width, dash, corners.

    The ink is "none" where no words ever stand.
    """

    fill: str = "paper"
    stroke: str = "line"
    width: float = 1.2
    dash: str = ""
    ink: str = "ink"
    radius: float = 3.0


LOOKS: dict[str, Look] = {
    "cell": Look(),
    "plain": Look(stroke="soft", width=1.6),
    "ghost": Look(fill="none", stroke="ghost", dash="1.5 3", ink="ghost-ink"),
    "muted": Look(fill="none", stroke="line", width=0.8, ink="soft"),
    "card": Look(fill="shade", stroke="line", radius=7.0),
    "none": Look(fill="none", stroke="none"),
    "paper": Look(stroke="none"),
    "stretch": Look(stroke="ghost", width=1.6, dash="2 3.5", ink="ghost-ink"),
    "stretch-label": Look(stroke="none", ink="ghost-ink"),
    "forward": Look("forward-fill", "forward", 1.8, ink="forward-ink"),
    "gradient": Look("gradient-fill", "gradient", 1.8, "6 3.5", "gradient-ink"),
    "gradient-plate": Look("paper", "gradient", 1.4, ink="gradient-ink"),
    "local": Look("local-fill", "local", 1.5, ink="local-ink"),
    "wrong": Look("wrong-fill", "wrong", 1.8, ink="wrong-ink"),
    "mini": Look(stroke="line", width=0.8, radius=2.0),
    "mini-forward": Look("forward-fill", "forward", 1.1, radius=2.0),
    "mini-gradient": Look("gradient", "gradient", 1.1, ink="none", radius=2.0),
    "lit": Look(fill="none", stroke="ink", width=2.6, radius=2.0),
    "plot": Look(fill="none", stroke="soft", width=1.2, radius=0.0),
    "op": Look("shade", "soft", 1.4, radius=9.0),
    "leaf": Look("paper", "forward", 1.8, radius=12.0),
    "constant": Look("shade", "soft", 1.4, radius=0.0),
    "badge": Look("paper", "gradient", 1.4, ink="gradient-ink", radius=11.0),
    "scope": Look("none", "line", 1.4, radius=16.0),
    "port": Look("paper", "forward", 1.6, radius=4.0),
    "band": Look("shade", "none", radius=0.0),
    "region": Look("forward-fill", "none", radius=0.0),
    "ring": Look("none", "wrong", 2.0, ink="wrong-ink", radius=12.0),
    "curve-1": Look("none", "forward", 2.2),
    "curve-2": Look("none", "local", 2.2, "9 4"),
    "curve-3": Look("none", "ink", 2.0, "2 4"),
    "curve-4": Look("none", "soft", 2.2, "12 4 2 4"),
    "curve-5": Look("none", "ghost", 4.0),
}


def colour(name: str, theme: Theme) -> str:
    """Return a colour by its name: fixed, or a CSS variable with a light fallback.

    Examples
    --------
    >>> colour("forward", "dark"), colour("forward", "auto")
    ('#56b4e9', 'var(--gl-forward,#0072b2)')
    """
    if name == "none":
        return name
    if theme == "auto":
        return f"var(--gl-{name},{LIGHT[name]})"
    return (DARK if theme == "dark" else LIGHT)[name]


def variables(theme: Theme) -> str:
    """Return the colours of a fixed theme as CSS variables."""
    return _variables(DARK if theme == "dark" else LIGHT, lab=False)


def _variables(colours: dict[str, str], *, lab: bool) -> str:
    def value(name: str, fixed: str) -> str:
        return f"var({_LAB[name]},{fixed})" if lab and name in _LAB else fixed

    return ";".join(f"--gl-{name}:{value(name, c)}" for name, c in colours.items())


def _stylesheet() -> str:
    """Return the rules that let a picture follow the page, all under one class."""
    dark = ",".join(
        f"{page} .gradlab-auto"
        for page in (
            '[data-jp-theme-light="false"]',
            "html[theme=dark]",
            ".vscode-dark",
        )
    )
    light = ",".join(
        f"{page} .gradlab-auto"
        for page in (
            '[data-jp-theme-light="true"]',
            "html[theme=light]",
            ".vscode-light",
        )
    )
    bright, dim = _variables(LIGHT, lab=True), _variables(DARK, lab=True)
    return (
        f".gradlab-auto{{{bright};max-width:100%;height:auto}}"
        "@media screen{.gradlab-auto{min-width:var(--gl-least,0px)}}"
        f"@media (prefers-color-scheme:dark){{.gradlab-auto{{{dim}}}}}"
        f"{light}{{{bright}}}{dark}{{{dim}}}"
        f"@media print{{.gradlab-auto{{{_variables(LIGHT, lab=False)}}}}}"
    )


STYLESHEET = _stylesheet()
