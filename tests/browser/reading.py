"""Can it be read? Words must stand out from their ground, and nothing be cut off."""

from __future__ import annotations

from typing import Any

ENOUGH = 4.5  # WCAG 2.2, level AA, for text of any size

# Each word with its colour and the colours that lie under it, uppermost first; a
# canvas turns every way to write a colour into red, green, blue, alpha.
WORDS = r"""() => {
  const ink = document.createElement('canvas')
    .getContext('2d', {willReadFrequently: true});
  const rgba = colour => { ink.clearRect(0, 0, 1, 1); ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1); return [...ink.getImageData(0, 0, 1, 1).data]; };
  const style = element => getComputedStyle(element);
  const grounds = element => element ? [rgba(style(element).backgroundColor),
    ...grounds(element.parentElement)] : [];
  const filled = shape => { const own = style(shape), [r, g, b, a] = rgba(own.fill);
    return [r, g, b, own.fill === 'none' ? 0 : a * own.fillOpacity * own.opacity]; };
  const holds = (shape, x, y) => { const box = shape.getBoundingClientRect();
    return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom; };
  const before = (shape, text) =>
    shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
  const drawn = text => { const box = text.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const svg = text.ownerSVGElement;
    const under = [...svg.querySelectorAll('rect, circle, ellipse, polygon')]
      .filter(shape => !shape.closest('defs, marker') && before(shape, text))
      .filter(shape => holds(shape, x, y)).reverse();
    return [text.textContent, filled(text), [...under.map(filled), ...grounds(svg)]]; };
  const written = element => [element.textContent.trim(), rgba(style(element).color),
    grounds(element)];
  const seen = element => element.checkVisibility() && !element.closest('.gradlab-said')
    && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const all = selector => [...document.querySelectorAll(selector)].filter(seen);
  return [...all('.gradlab-card :not(svg *, style, script)').map(written),
          ...all('.jp-OutputArea svg text').map(drawn)]; }"""

CUT_OFF = """() => {
  const right = element => element.getBoundingClientRect().right;
  const around = element => element.matches('.jp-OutputArea') ? []
    : [element, ...around(element.parentElement)];
  const isCut = element =>
    around(element.parentElement).some(each => right(element) > right(each) + 1);
  const parts = 'svg[role=img], img, input, button, table, .gradlab-card';
  return [...document.querySelectorAll(`.jp-OutputArea-output :is(${parts})`)]
    .filter(element => element.checkVisibility() && isCut(element))
    .map(element => element.outerHTML.slice(0, 200)); }"""

Colour = tuple[float, float, float]


def contrasts(page: Any) -> dict[str, float]:
    """The least contrast of each word that cards and pictures of a page show."""
    found: dict[str, float] = {}
    for text, ink, grounds in page.evaluate(WORDS):
        ground = _laid_over(grounds, (255, 255, 255))
        ratio = _ratio(_laid_over([ink], ground), ground)
        found[text] = min(ratio, found.get(text, 21))
    return found


def cut_off(page: Any) -> list[str]:
    """The pictures, controls and cards that stick out of what holds them."""
    return list(page.evaluate(CUT_OFF))


def _laid_over(colours: list[list[float]], ground: Colour) -> Colour:
    for *colour, alpha in reversed(colours):
        part = alpha / 255
        r, g, b = (part * c + (1 - part) * under for c, under in zip(colour, ground))
        ground = (r, g, b)
    return ground


def _ratio(one: Colour, two: Colour) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    r, g, b = (_linear(part / 255) for part in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
