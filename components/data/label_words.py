"""What the views of a set of labels answer, in words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from components import words
from components.data.records import AgreementRun, ConsensusRun
from components.stats.estimate import Estimate

UNLIKE = 0.05


def people_answer(run: AgreementRun) -> str:
    """Answer who differs from the others."""
    known = [row for row in run.per_annotator if row["agrees"] is not None]
    if not known:
        return "Who gave which label is not known." if not run.per_annotator else "Nobody can be held against a majority of others."
    worst = min(known, key=lambda row: float(row["agrees"]))
    rest = [row["agrees"] for row in known if row is not worst]
    if rest and worst["high"] < min(rest):
        share = Estimate(worst["agrees"], worst["low"], worst["high"])
        told = f"{words.percent(share.value)} {words.interval(share, as_percent=True)}"
        return f"{str(worst['annotator'])[:40]} differs most: {told} like most of the others."
    return "Nobody stands out: all agree with most of the others about equally often."


def people_method(run: AgreementRun) -> str:
    """Say what annotators are held against."""
    return (
        f"{words.counted(run.annotators, 'annotator')}, each against the majority of the others on the same items, 95 % Wilson intervals. "
        "To differ is not to be wrong: look at the items first."
    )


def consensus_answer(run: ConsensusRun, items: int) -> str:
    """Answer how many items have a sure label."""
    if not run.unsure:
        return f"All {words.counted(items, 'item')} have a sure label."
    sure = items - run.unsure
    rest = f"{words.count(run.unsure)} {'needs' if run.unsure == 1 else 'need'} another look"
    return f"{words.count(sure)} of {words.counted(items, 'item')} have a sure label; {rest}."


def consensus_method(run: ConsensusRun) -> str:
    """Say how the consensus was found and how good it is where that is known."""
    how = (
        "Dawid and Skene's model weighs each annotator by what they mistake for what; sure is a probability of at least .9."
        if run.model
        else f"{run.why} Sure is a share of at least 90 % of the votes."
    )
    shares = []
    for name, title in (("model", "the model"), ("majority", "the majority")):
        if name in run.right:
            share = Estimate(**run.right[name])
            if share.value is not None:
                told = words.interval(share, as_percent=True)
                shares.append(f"{title} {words.percent(share.value)} {told}")
    n = next((one["n"] for one in run.right.values() if one["n"]), 0)
    return how + (f" Against {words.counted(n, 'gold label')}: {', '.join(shares)}." if shares else "")


def settled_answer(waiting: int, settled: int, again: int) -> str:
    """Answer how far adjudication is."""
    if not waiting:
        return (
            f"All {words.counted(settled, 'disputed item')} {'is' if settled == 1 else 'are'} settled."
            if settled
            else "Nothing is disputed."
        )
    told = f"{words.counted(waiting, 'disputed item')} {'waits' if waiting == 1 else 'wait'} for a decision"
    opened = f", {words.count(again)} of them since a rule changed" if again else ""
    return f"{told}{opened}."


def plan_answer(table: pd.DataFrame, width: float) -> str:
    """Answer how many items and annotators are needed."""
    best = table.iloc[0]
    cost = f", at a cost of {words.count(float(best['cost']))}" if best["cost"] else ""
    return (
        f"{words.counted(int(best['items']), 'item')} by {words.counted(int(best['annotators']), 'annotator')} give α an interval "
        f"{words.decimal(width)} wide: {hours(float(best['hours']))}{cost}."
    )


def hours(number: float) -> str:
    """Write how long something takes.

    >>> hours(.4), hours(1.26), hours(40)
    ('24 min', '1.3 h', '40 h')
    """
    if number < 1:
        return f"{max(round(60 * number), 1)} min"
    return f"{number:.0f} h" if number >= 10 else f"{number:.1f} h"


def rule_sentence(rows: Sequence[dict[str, Any]]) -> str:
    """Say which rule costs most agreement."""
    worst = rows[0]
    return f"“{str(worst['rule'])[:60]}” has a part in {words.percent(worst['cost'])} of all pairs of judgements that differ"
