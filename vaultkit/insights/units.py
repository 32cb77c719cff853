"""Units of measure as people write them: a text goes in, what it is compared by comes out."""

from __future__ import annotations

from vaultkit.text import fold, stem

_SAME = (
    ("eur", "euro", "€"),
    ("keur", "k€", "kilo euro", "millier d'euro", "thousand euro"),
    ("meur", "m€", "million d'euro", "million euro", "million of euro"),
    ("usd", "dollar", "us dollar", "$", "us$"),
    ("kusd", "k$"),
    ("musd", "m$"),
    ("gbp", "pound", "£", "livre"),
    ("%", "percent", "per cent", "percentage", "pct", "pourcent", "pour cent", "pourcentage"),
    ("point", "pt", "pp", "percentage point", "point de pourcentage"),
    ("hour", "h", "hr", "heure"),
    ("day", "d", "j", "jour"),
    ("week", "w", "wk", "semaine", "sem"),
    ("month", "mois", "moi"),
    ("minute", "min", "mn"),
    ("count", "number", "nb", "no", "n", "#", "nombre", "unit", "unite"),
    ("person", "people", "personne", "pers", "fte", "etp"),
    ("customer", "client", "cust"),
)
"""Words, as `stem` has them, for one unit each."""
_BY_WORD = {word: names[0] for names in _SAME for word in names}


def unit_of(text: str) -> str:
    """What two units are compared by: `€`, `EUR` and `euros` are one; `k€` is another. Empty for none."""
    folded = fold(text)
    return _BY_WORD.get(folded) or _BY_WORD.get(stem(text)) or stem(text)
