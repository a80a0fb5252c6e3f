"""How cards look: one class, the page's own colours, light and dark."""

from importlib.resources import files

TONES = {
    "wait": "#8a8f98",
    "look": "#d55e00",
    "right": "#009e73",
    "info": "#0072b2",
    "off": "#8a8f98",
}
"""The colour of a card's left edge: Okabe and Ito's, safe for colour-blind readers."""

STYLE = files("gradlab.exercises").joinpath("card.css").read_text(encoding="utf-8")
