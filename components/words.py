"""Numbers, intervals and counts as people read them; screens, charts, report and shell use the same words."""

import re
from collections.abc import Iterable

from components.stats.estimate import Estimate

MISSING = "–"


def percent(value: float | None, digits: int = 1, sign: bool = False) -> str:
    """Write a share as a percentage.

    >>> percent(.9722), percent(1.0), percent(None)
    ('97.2 %', '100 %', '–')
    """
    if value is None:
        return MISSING
    return f"{bare_percent(value, digits, sign)} %"


def bare_percent(value: float, digits: int = 1, sign: bool = False) -> str:
    """Write a share as a percentage without its sign, 0 and 100 without decimals."""
    hundred = round(100 * value, digits)
    places = 0 if hundred in {0, 100} else digits
    return f"{hundred:+.{places}f}" if sign else f"{hundred:.{places}f}"


def points(value: float | None, digits: int = 1, sign: bool = False) -> str:
    """Write a difference of shares in percentage points.

    >>> points(.006), points(-.0123, sign=True), points(.02)
    ('.6 points', '-1.2 points', '2.0 points')
    """
    if value is None:
        return MISSING
    text = decimal(100 * value, digits)
    return f"{'+' if sign and value > 0 else ''}{text} points"


def points_interval(estimate: Estimate, digits: int = 1) -> str:
    """Write the limits of a difference of shares in percentage points, or nothing where it has none.

    >>> points_interval(Estimate(.01, -.005, .027)), points_interval(Estimate(.01))
    ('[-.5, 2.7]', '')
    """
    if estimate.low is None or estimate.high is None:
        return ""
    return f"[{decimal(100 * estimate.low, digits)}, {decimal(100 * estimate.high, digits)}]"


def decimal(value: float | None, digits: int = 2) -> str:
    """Write a number without its leading zero.

    >>> decimal(.414), decimal(-.05), decimal(1.0), decimal(12.345)
    ('.41', '-.05', '1.00', '12.35')
    """
    if value is None:
        return MISSING
    text = f"{value:.{digits}f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def count(value: float | None) -> str:
    """Write a whole number with thousands separators.

    >>> count(1797)
    '1,797'
    """
    return MISSING if value is None else f"{round(value):,}"


def counted(number: float, noun: str, plural: str = "") -> str:
    """Write a count with its noun.

    >>> counted(1, "row"), counted(1797, "row"), counted(0, "entry", "entries")
    ('1 row', '1,797 rows', '0 entries')
    """
    return f"{count(number)} {noun if round(number) == 1 else plural or noun + 's'}"


def interval(estimate: Estimate, as_percent: bool = False, digits: int | None = None) -> str:
    """Write the limits of an estimate in brackets, or nothing where it has none.

    >>> interval(Estimate(.83, .72, .92)), interval(Estimate(.972, .96, .981), as_percent=True)
    ('[.72, .92]', '[96.0, 98.1]')
    """
    if estimate.low is None or estimate.high is None:
        return ""
    if as_percent:
        places = 1 if digits is None else digits
        return f"[{bare_percent(estimate.low, places)}, {bare_percent(estimate.high, places)}]"
    places = 2 if digits is None else digits
    return f"[{decimal(estimate.low, places)}, {decimal(estimate.high, places)}]"


def lasting(minutes: float) -> str:
    """Write a time in the largest unit of which there are at least two.

    >>> lasting(1), lasting(90), lasting(33 * 60), lasting(4 * 1440)
    ('1 minute', '90 minutes', '33 hours', '4 days')
    """
    size, noun = next(((size, noun) for size, noun in ((1440, "day"), (60, "hour")) if minutes >= 2 * size), (1, "minute"))
    return counted(minutes / size, noun)


def listed(names: Iterable[str], most: int = 5) -> str:
    """Write names as a list in a sentence, the rest as a number.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed("abcdefg", most=3)
    ('a', 'a, b and c', 'a, b, c and 4 more')
    """
    names = list(names)
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def shortened(name: str, most: int = 28) -> str:
    """Write a name so that it fits beside a mark, cut between two words.

    >>> shortened("Digit recogniser, a person checks doubtful ones"), shortened("A pilot"), shortened("手" * 40, 5)
    ('Digit recogniser, a …', 'A pilot', '手手手手…')
    """
    if len(name) <= most:
        return name
    cut = name[: most - 1].rstrip()
    whole = cut if name[most - 1] == " " or " " not in cut else cut[: cut.rindex(" ")]
    return f"{whole} …" if " " in name[:most] else f"{cut}…"


def slug(name: str) -> str:
    """Write a name as a part of a file name.

    >>> slug("Handwriting & more"), slug("手書き")
    ('handwriting-more', 'project')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "project"
