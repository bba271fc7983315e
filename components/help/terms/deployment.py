"""Words of deployment."""

from functools import partial

from components.help.declaration import Entry

term = partial(Entry, group="Terms")

DEPLOYMENT = (
    term(
        key="window",
        title="Window",
        meaning="The stretch of traffic after which a gate looks: so many requests, and their outcomes.",
        screen="deployment/rollout",
    ),
    term(
        key="risk-ratio",
        title="Risk ratio",
        meaning="How many times as often the new version fails as the current one: 1 is as good, 2 twice as bad.",
        screen="deployment/rollout",
        also="harm",
    ),
    term(
        key="false-rollback",
        title="Good models stopped",
        meaning="How many of a hundred harmless versions the gate rolls back all the same.",
        computed="Share of simulated runs at risk ratio 1 that end in a rollback.",
        screen="deployment/rollout",
        also="false rollback alarm alpha",
    ),
    term(
        key="false-promotion",
        title="Bad models promoted",
        meaning="How many of a hundred worse versions the gate lets through.",
        screen="deployment/rollout",
        also="false promotion miss",
    ),
    term(
        key="bad-decisions",
        title="Bad decisions in excess",
        meaning="Wrong decisions that the current version would not have made, until the rollout ends.",
        computed="Failures of the new version's decisions less what the current version would have failed on the same requests.",
        screen="deployment/rollout",
        also="exposure harm cost",
    ),
    term(
        key="evidence",
        title="Evidence (e-value)",
        meaning=(
            "How much a wager against “the new version is no worse” has grown. It may be looked at after every window: it reaches 1/α by chance"
            " with a probability of at most α."
        ),
        computed="The mean likelihood ratio over a grid of risk ratios, multiplied window by window.",
        source="Ramdas, A. et al. (2023). Game-theoretic statistics and safe anytime-valid inference. Stat. Sci. 38, 576–601.",
        screen="deployment/rollout",
        also="e-process sequential test",
    ),
    term(
        key="peeking",
        title="Peeking",
        meaning="Testing again after every window and stopping at the first “significant”: a test at 5 % then stops far more good versions.",
        source="Johari, R. et al. (2017). Peeking at A/B tests. KDD '17, 1517–1525.",
        screen="deployment/rollout",
        also="z-test optional stopping",
    ),
    term(
        key="hard-stop",
        title="Hard stop",
        meaning="A sign of which one is enough: the rollout ends at once, whatever the gate says.",
        screen="deployment/rollout",
    ),
    term(
        key="sample-ratio",
        title="Sample-ratio mismatch",
        meaning="The new version gets another share of the traffic than it should: then the two groups are not comparable.",
        source="Fabijan, A. et al. (2019). Diagnosing sample ratio mismatch in online controlled experiments. KDD '19, 2156–2164.",
        screen="deployment/rollout",
        also="SRM",
    ),
    term(
        key="fault-monitor-matrix",
        title="Fault × monitor matrix",
        meaning="Which planned monitor notices which fault, and after how many windows. A row without any is a fault that nobody would see.",
        screen="deployment/checklist",
    ),
    term(
        key="price-of-a-gap",
        title="Price of a gap",
        meaning="Bad decisions that a rollout makes in excess because a line of the checklist is open.",
        computed="The same simulated runs with and without what the line detects or prevents.",
        screen="deployment/checklist",
        also="checklist cost",
    ),
    term(
        key="ml-test-score",
        title="ML Test Score",
        meaning="28 lines in four sections that say how ready a system is for production; the weakest section decides.",
        computed="Half a point for a line done by hand, one for a line that is automated; the lowest of the four sums.",
        source="Breck, E. et al. (2017). The ML test score. IEEE Big Data, 1123–1132.",
        screen="deployment/checklist",
    ),
)
