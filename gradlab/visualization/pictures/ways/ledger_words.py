"""The paths of a cell in words: one line a path, or one a first edge, and their sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradlab.visualization.ledger import Bundle, Ledger, Path, Spot
from gradlab.visualization.paths import CellPaths
from gradlab.visualization.text import cell_name, factor, number, shorten

NAME = 110.0  # longer names are cut
LONG = 12  # a path over more cells than this is shortened in the middle


class LedgerWords:
    """Says the paths of one computation.

    Parameters
    ----------
    paths : the computation
    names : what its nodes are called, in the order of `paths.nodes`
    """

    def __init__(self, paths: CellPaths, names: Sequence[str]) -> None:
        self.paths = paths
        self.names = [shorten(name, NAME, 15) for name in names]

    def spot(self, spot: Spot) -> str:
        """Return how a cell is written: "W[0,1]"."""
        return cell_name(self.names[spot.node], spot.cell)

    def head(self, ledger: Ledger) -> str:
        """Return how many paths a cell has, and how they are told."""
        count, name = ledger.count, self.spot(ledger.spot)
        if not count:
            return f"No path leads from {name} to the result: its gradient is 0."
        paths = "1 path leads" if count == 1 else f"{count:,} paths lead"
        told = ": one row for each first wire" if ledger.bundled else ""
        return f"{paths} from {name} to the result{told}."

    def sum(self, ledger: Ledger) -> str:
        """Return in short how many paths there are, and what they add up to."""
        count, total = ledger.count, number(ledger.total)
        paths = "1 path gives" if count == 1 else f"{count:,} paths add up to"
        return f"{paths} its gradient, {total}" if count else "No path: gradient 0"

    def rows(self, ledger: Ledger) -> Iterator[tuple[str, str]]:
        """Yield each row: where it leads, and its product."""
        told: set[str] = set()
        for row in ledger.rows:
            if isinstance(row, Bundle):
                where, product = self._bundle(row)
            else:
                where, product = self._path(row)
            again = " (again, as another input)" if where in told else ""
            told.add(where)
            yield f"{where}{again}", product

    def _path(self, path: Path) -> tuple[str, str]:
        names = [self.spot(spot) for spot in path.spots]
        factors = [number(path.d_out), *(factor(v) for v in reversed(path.locals))]
        if len(names) > LONG:
            names[5:-5] = [f"… {len(names) - 10:,} more …"]
        if len(factors) > LONG:
            factors[5:-5] = [f"… {len(factors) - 10:,} more …"]
        product = f"{'·'.join(factors)} = {number(path.product)}"
        return " → ".join(names), product

    def _bundle(self, bundle: Bundle) -> tuple[str, str]:
        many = "1 path" if bundle.count == 1 else f"{bundle.count:,} paths"
        product = f"{number(bundle.d)}·{factor(bundle.way.local)}"
        return (
            f"by {self.spot(bundle.way.to)}: {many}",
            f"{product} = {number(bundle.product)}",
        )

    def foot(self, ledger: Ledger) -> str:
        """Return the sum of the products."""
        name, total = self.spot(ledger.spot), number(ledger.total)
        if ledger.count == 0:
            return f"The gradient of {name} = 0"
        texts = [number(ledger.products[0]), *map(factor, ledger.products[1:])]
        if len(texts) > LONG:
            texts[5:-5] = [f"… {len(texts) - 10:,} more …"]
        sum_of = f"{' + '.join(texts)} = " if len(texts) > 1 else ""
        return f"The gradient of {name} = {sum_of}{total}"
