"""Reading published tables into our counts: ratings, counts and contingency tables alike."""

import json
from dataclasses import dataclass

import numpy as np
from irrCAC.weights import Weights

from reviewer.statistics import weights
from reviewer.statistics.coefficients import alpha, fleiss, gwet, raw
from reviewer.statistics.tally import Counts, Tally, counts_of, counts_of_contingency
from tests.data import data


@dataclass(frozen=True, kw_only=True)
class Table:
    counts: Counts
    values: list[float]
    raters: int
    complete: bool

    @property
    def total(self) -> Tally:
        return Tally.of(self.counts).total()


def cases():
    return json.loads(data("agreement", "cases.json").read_text(encoding="utf-8"))


def ratings_table(rows, categories=None) -> Table:
    """Rows are units, columns raters, None is missing; numbers keep their distances."""
    found = {value for row in rows for value in row if value is not None}
    names = list(categories) if categories else sorted(found)
    numeric = all(isinstance(name, int | float) for name in names)
    place = {name: index for index, name in enumerate(names)}
    codes = np.array([[-1 if v is None else place[v] for v in row] for row in rows]).T
    return Table(
        counts=counts_of(codes, len(names)),
        values=names if numeric else list(range(1, len(names) + 1)),
        raters=codes.shape[0],
        complete=bool((codes >= 0).all()),
    )


def read(case) -> Table:
    rows = case["table"]
    if case["kind"] == "ratings":
        return ratings_table(rows, case["params"].get("categories"))
    points = list(range(1, len(rows[0]) + 1))
    if case["kind"] == "contingency":
        return Table(counts=counts_of_contingency(rows), values=points, raters=2, complete=True)
    counts = np.array(rows, dtype=np.int64)
    sums = counts.sum(axis=1)
    return Table(
        counts=counts,
        values=points,
        raters=int(sums.max()),
        complete=bool((sums == sums[0]).all()),
    )


def weights_of(name, table: Table, params):
    """Our own weights where METHOD shows them; the families it does not show from irrCAC."""
    ours = {
        "identity": lambda: weights.identity(len(table.values)),
        "linear": lambda: weights.linear(table.values),
        "quadratic": lambda: weights.quadratic(table.values),
        "custom": lambda: np.array(params.get("weight_matrix"), dtype=np.float64),
    }
    return ours[name]() if name in ours else np.asarray(Weights(table.values)[name])


METHODS = {
    "krippendorff_alpha",
    "krippendorff_alpha_weights",
    "percent_agreement_pairwise",
    "percent_agreement_weighted",
    "fleiss_kappa",
    "scott_pi",  # Fleiss' kappa of two raters; all published ones have two
    "gwet_ac",
}
KINDS = {"ratings", "counts", "contingency"}
METRICS = {None, "nominal", "ordinal", "interval", "ratio"}


def shown(case) -> bool:
    """Say whether the case is of a coefficient that METHOD 4.7 has."""
    return (
        case["method"] in METHODS
        and case["kind"] in KINDS
        and case["params"].get("metric") in METRICS
    )


def answers(case) -> dict[str, float]:
    """Return our figures under the names the case uses, for a case that is ``shown``."""
    method, params = case["method"], case["params"]
    if not (method in METHODS and case["kind"] in KINDS and params.get("metric") in METRICS):
        return None
    table = read(case)
    if method == "krippendorff_alpha":
        return _alpha(table, params["metric"])
    weight = weights_of(params.get("weights", "identity"), table, params)
    agreed = float(raw(table.total, weight)[0])
    if method.startswith("percent_agreement"):
        return {"percent": 100 * agreed, "coeff": agreed}
    if method == "krippendorff_alpha_weights":
        return _alpha_of_weights(table, weight)
    if method == "gwet_ac":
        return _figures(gwet(table.total, weight))
    return _figures(fleiss(table.total, weight)) | {"item_pa": _by_item(table, weight)}


def _figures(terms):
    return {
        "coeff": float(terms.value[0]),
        "pa": float(terms.observed[0]),
        "pe": float(terms.expected[0]),
    }


def _by_item(table, weight):
    return raw(Tally.of(table.counts), weight).tolist()


def _alpha(table, metric):
    metrics = {
        "nominal": weights.nominal,
        "ordinal": weights.ordinal,
        "interval": weights.interval(table.values),
        "ratio": weights.ratio(table.values),
    }
    terms = alpha(table.total, metrics[metric])
    return {
        "alpha": float(terms.value[0]),
        "do": float(terms.observed[0]),
        "de": float(terms.expected[0]),
    }


def _alpha_of_weights(table, weight):
    """Gwet's form of alpha: disagreement is one less the weight, shrunk to n - 1 of n."""
    terms = alpha(table.total, lambda _: 1.0 - weight)
    paired = table.counts[table.counts.sum(axis=1) >= 2]
    n = paired.sum()
    shares = paired.sum(axis=0) / n
    return {
        "coeff": float(terms.value[0]),
        "pa": 1.0 - float(terms.observed[0]) * (n - 1) / n,
        "pe": float(shares @ weight @ shares),
    }
