"""How many edits lie between two sequences."""

from collections.abc import Hashable, Sequence


def edit_distance(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Return the least number of insertions, deletions and substitutions that turn one sequence into the other.

    Parameters
    ----------
    first, second : sequence of hashable
        Words, characters, or whatever is compared as a whole.

    Notes
    -----
    Bit-parallel: a column of the table of distances is two integers with a bit for each element of `first`, so the work is one
    pass over `second`.

    References
    ----------
    Myers, G. (1999). A fast bit-vector algorithm for approximate string matching based on dynamic programming. JACM 46, 395-415.
    Hyyrö, H. (2003). A bit-vector algorithm for computing Levenshtein and Damerau edit distances. Nordic J. Computing 10, 29-39.

    Examples
    --------
    >>> edit_distance("kitten", "sitting"), edit_distance("this is a test".split(), "this test".split()), edit_distance("", "abc")
    (3, 2, 3)
    """
    if not first or not second:
        return max(len(first), len(second))
    places: dict[Hashable, int] = {}
    for place, element in enumerate(first):
        places[element] = places.get(element, 0) | 1 << place
    everywhere, last = (1 << len(first)) - 1, 1 << (len(first) - 1)
    up, down, distance = everywhere, 0, len(first)
    for element in second:
        same = places.get(element, 0)
        either = same | down
        diagonal = (((same & up) + up) ^ up) | same
        right, left = (down | ~(diagonal | up)) & everywhere, up & diagonal
        distance += (right & last > 0) - (left & last > 0)
        right, left = right << 1 | 1, left << 1
        up, down = (left | ~(either | right)) & everywhere, right & either & everywhere
    return distance
