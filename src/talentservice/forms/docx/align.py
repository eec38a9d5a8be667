"""Which of the things printed is which of the things found, when some were added, dropped or changed."""

from collections.abc import Callable, Sequence

from attrs import frozen

FAR = 1_000  # the cost of a pair that is none


@frozen
class Pair:
    """What is printed (`due`, None for something added), and where it was found: `count` things from `at` on, none where it is gone."""

    due: int | None
    at: int
    count: int = 1


@frozen
class Costs:
    """What the alignment weighs.

    `match` of something printed with so many things found from a place on, `lack` of something printed, `surplus` of something found;
    `repeated` says what may come any number of times, `spans` how many things found one printed thing may take up.
    """

    match: Callable[[int, int, int], int]
    lack: Callable[[int], int]
    surplus: Callable[[int], int]
    repeated: Sequence[bool]
    spans: Sequence[int]


def align(found: int, costs: Costs) -> list[Pair]:
    """The cheapest way to take `found` things for what is printed, both in order; of equal ones the first."""
    printed = len(costs.repeated)
    straight = _straight(found, costs)
    if straight is not None:
        return straight
    best = [[0] * (found + 1) for _ in range(printed + 1)]
    # What is done in each place, 0: extra, -1: gone or over, else matched with so many.
    step = [[0] * (found + 1) for _ in range(printed + 1)]
    for i in range(printed, -1, -1):
        for j in range(found, -1, -1):
            if i < printed or j < found:
                best[i][j], step[i][j] = _best(best, i, j, found, costs)
    return _walk(step, found, costs)


def _straight(found: int, costs: Costs) -> list[Pair] | None:
    """The pairs where everything stands where it is printed, as in nearly every file; repeated things take all that match."""
    pairs, j = [], 0
    for i, repeated in enumerate(costs.repeated):
        most = found - j - (len(costs.repeated) - i - 1) if repeated else 1
        taken = 0
        while taken < most and j < found and costs.match(i, j, 1) == 0:
            pairs.append(Pair(i, j))
            j, taken = j + 1, taken + 1
        if not taken and not repeated:
            return None
    return pairs if j == found else None


def _best(best: Sequence[Sequence[int]], i: int, j: int, found: int, costs: Costs) -> tuple[int, int]:
    printed = len(costs.repeated)
    options: list[tuple[int, int]] = []
    if i < printed:
        after = i if costs.repeated[i] else i + 1
        for count in range(1, min(costs.spans[i], found - j) + 1):
            cost = costs.match(i, j, count)
            if cost < FAR:
                options.append((cost + best[after][j + count], count))
        options.append((best[i + 1][j] + (0 if costs.repeated[i] else costs.lack(i)), -1))
    if j < found:
        options.append((costs.surplus(j) + best[i][j + 1], 0))
    return min(options, key=lambda option: option[0])


def _walk(step: Sequence[Sequence[int]], found: int, costs: Costs) -> list[Pair]:
    pairs, i, j, printed = [], 0, 0, len(costs.repeated)
    while i < printed or j < found:
        taken = step[i][j]
        if taken > 0:
            pairs.append(Pair(i, j, taken))
            i, j = (i if costs.repeated[i] else i + 1), j + taken
        elif taken == 0:
            pairs.append(Pair(None, j))
            j += 1
        else:
            if not costs.repeated[i]:
                pairs.append(Pair(i, j, 0))
            i += 1
    return pairs
