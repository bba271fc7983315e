"""Words that every phase uses."""

from functools import partial

from components.help.declaration import Entry

term = partial(Entry, group="Terms")

EVERY_PHASE = (
    term(
        key="interval",
        title="Interval [low, high]",
        meaning="Where the true figure lies, as far as this many items can tell. Two figures whose intervals overlap widely may be equal.",
        computed="At 95 %: of a hundred such intervals, about 95 hold the true figure. How each is computed stands with the figure.",
        also="confidence interval error bar uncertainty 95 %",
    ),
    term(
        key="wilson",
        title="Wilson interval",
        meaning="The interval of a share in which every item counts once: right answers of a model, rows with a fault.",
        computed="Solves |p̂ − p| = z·√(p(1 − p)/n) for p, with z = 1.96; it stays inside 0 and 100 % and holds for small n.",
        source="Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209–212.",
    ),
    term(
        key="bootstrap",
        title="Bootstrap over items",
        meaning="The interval of a figure of which nobody knows the formula: items are drawn again with replacement, a thousand times.",
        computed="Items are drawn whole, with all their labels or predictions, because labels of one item are not independent.",
        source="Efron, B. & Tibshirani, R. (1993). An introduction to the bootstrap. Chapman & Hall.",
        also="resampling",
    ),
    term(
        key="rule-of-three",
        title="Rule of three",
        meaning="What can be said when nothing went wrong in n trials: the true rate is at most about 3/n.",
        computed="1 − .05^(1/n), close to 3/n.",
        source="Hanley, J. A. & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right? JAMA 249, 1743–1745.",
    ),
    term(
        key="n",
        title="n",
        meaning="How many items, rows or judgements a figure rests on.",
        also="sample size",
    ),
    term(
        key="simulated",
        title="Simulated",
        meaning="A figure that a simulation gave, or that rests on made-up people or data, and not on what was observed.",
        computed="The seed stands beside it: the same seed gives the same figure.",
    ),
    term(
        key="version",
        title="Version of the data",
        meaning="One state of a data set, known by its content: the same cells have the same SHA-256, whatever the file is called.",
        screen="data/data_sets",
        also="hash sha-256 lineage",
    ),
    term(
        key="readiness",
        title="Where the project stands",
        meaning="What is done, measured and open in the four phases, and the step that is next.",
        computed="A line is done when the figure that it asks for was measured and holds, not when somebody ticked it.",
        screen="project/overview",
    ),
    term(
        key="decision",
        title="Decision record",
        meaning="What was decided, among which options, why, by whom, who disagreed, and what would make you look again.",
        source="MADR, Markdown Any Decision Records, adr.github.io/madr.",
        screen="project/decisions",
        also="ADR MADR dissent",
    ),
    term(
        key="trigger",
        title="Revisit trigger",
        meaning="What would make you look at a decision again: a figure beyond a limit, or a date. It says so when that came true.",
        screen="project/decisions",
    ),
)
