"""Words of data: labels, agreement, drift."""

from functools import partial

from components.help.declaration import Entry

term = partial(Entry, group="Terms")

DATA = (
    term(
        key="structured",
        title="Structured or unstructured",
        meaning=(
            "Tables are structured; images, text and sound are not. People label unstructured data well, augmenting it is fair, and human level"
            " is a benchmark. For tables none of the three holds."
        ),
        source="Ng, A. (2021). Machine learning engineering for production: introduction. DeepLearning.AI.",
        screen="data/data_sets",
    ),
    term(
        key="percent-agreement",
        title="Percent agreement",
        meaning="How often two labellers say the same about an item. Chance alone reaches much of it where one label is common.",
        computed="Agreeing pairs of labels ÷ all pairs of labels on the same item; interval by bootstrap over items.",
        screen="data/labels",
        also="observed agreement",
    ),
    term(
        key="alpha",
        title="Krippendorff's α",
        meaning="Agreement beyond what chance would give: 1 is perfect, 0 is chance. Any number of labellers, missing labels allowed.",
        computed=(
            "1 − observed ÷ expected disagreement, over pairs of labels; a disagreement weighs by the level: nominal, ordinal, interval, ratio."
            " Good from .8, tentative from .667, by the lower end of the interval."
        ),
        source="Krippendorff, K. (2019). Content analysis, 4th ed. SAGE, chapter 12.",
        screen="data/labels",
        also="agreement reliability",
    ),
    term(
        key="ac1",
        title="Gwet's AC1",
        meaning="Agreement beyond chance that stays steady where nearly all items have the same label; read it beside α.",
        computed="(percent − expected) ÷ (1 − expected), expected = Σ π(1 − π) ÷ (K − 1) over the K labels' shares π.",
        source="Gwet, K. L. (2008). Computing inter-rater reliability in the presence of high agreement. Br. J. Math. Stat. Psychol. 61, 29–48.",
        screen="data/labels",
        also="AC2 agreement",
    ),
    term(
        key="fleiss",
        title="Fleiss' κ",
        meaning="Agreement beyond chance of several labellers where each item has the same number of labels.",
        computed="(percent − Σ π²) ÷ (1 − Σ π²), over the labels' shares π.",
        source="Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychol. Bull. 76, 378–382.",
        screen="data/labels",
        also="kappa agreement",
    ),
    term(
        key="cohen",
        title="Cohen's κ",
        meaning="Agreement beyond chance of two labellers, each with their own habit of using the labels.",
        computed="(percent − Σ p·q) ÷ (1 − Σ p·q), over the shares p and q of the two; of more than two, for each pair.",
        source="Cohen, J. (1960). A coefficient of agreement for nominal scales. Educ. Psychol. Meas. 20, 37–46.",
        screen="data/labels",
        also="kappa agreement",
    ),
    term(
        key="paradox",
        title="Prevalence paradox",
        meaning="People can agree on 98 % of the items and α be near 0: where one label is nearly always right, agreeing on it says little.",
        computed="Told from α and AC1 that lie far apart. Choose items so that the rare label comes up more often.",
        source="Feinstein, A. R. & Cicchetti, D. V. (1990). High agreement but low kappa. J. Clin. Epidemiol. 43, 543–549.",
        screen="data/labels",
    ),
    term(
        key="majority",
        title="Majority",
        meaning="The label that most people gave; where two lead together, nobody wins.",
        screen="data/labels",
        also="consensus vote",
    ),
    term(
        key="dawid-skene",
        title="Dawid–Skene",
        meaning="A consensus in which the word of a labeller counts as much as they usually prove right, label by label.",
        computed="Expectation–maximisation over every labeller's confusion matrix and every item's label.",
        source="Dawid, A. P. & Skene, A. M. (1979). Maximum likelihood estimation of observer error-rates. Appl. Stat. 28, 20–28.",
        screen="data/labels",
        also="consensus crowd",
    ),
    term(
        key="calibration-round",
        title="Calibration round",
        meaning="Everybody applies the same rules to the same items, blind. Where they differ, the wording is improved, and measured again.",
        screen="data/rulebook",
        also="rulebook judge",
    ),
    term(
        key="adjudication",
        title="Adjudication",
        meaning="Somebody settles what people differ on, with the rule cited and the reason: an error, an ambiguous rule, a missing one.",
        computed="In order of the pair of labels that costs most agreement, and of those the most split.",
        screen="data/labels",
        also="gold disputed",
    ),
    term(
        key="label-errors",
        title="Likely label errors",
        meaning="Items whose label a model, trained on the others, would not have given: look at them first.",
        computed="Confident learning: the predicted chance of another label is above that label's usual one.",
        source="Northcutt, C., Jiang, L. & Chuang, I. (2021). Confident learning. J. Artif. Intell. Res. 70, 1373–1411.",
        screen="data/checks",
        also="cleanlab",
    ),
    term(
        key="coverage",
        title="Important cases",
        meaning="Cases that must be in the data often enough to say how good a model is on them.",
        computed="As many rows as the wanted width of a Wilson interval takes.",
        screen="data/data_sets",
        also="coverage slice",
    ),
    term(
        key="psi",
        title="PSI",
        meaning="How far a column moved between two versions. The customary limits, .1 and .2, alarm far too often on few rows.",
        computed="Σ (q − p)·ln(q/p) over bins; cells of zero count as .0001.",
        source="Siddiqi, N. (2006). Credit risk scorecards. Wiley.",
        screen="data/drift",
        also="population stability index drift",
    ),
    term(
        key="permutation",
        title="Permutation",
        meaning="How far a column would move by chance alone: rows are dealt to both sides anew, many times.",
        computed="p = (1 + draws at least as far) ÷ (1 + draws).",
        source="Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero. Stat. Appl. Genet. Mol. Biol. 9, 39.",
        screen="data/drift",
        also="p-value drift",
    ),
    term(
        key="fdr",
        title="False discovery rate",
        meaning="Of the columns said to drift, at most 5 % are expected not to: many columns are looked at together, and that is paid for.",
        computed="p-values are adjusted over all columns by the step-up procedure.",
        source="Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. J. R. Stat. Soc. B 57, 289–300.",
        screen="data/drift",
        also="FDR adjusted p multiple testing",
    ),
    term(
        key="pace",
        title="Pace of drift",
        meaning="How much of the data lies elsewhere after a month: how often to collect and to train anew follows from it.",
        screen="data/drift",
        also="half-life cadence retrain",
    ),
    term(
        key="data-contract",
        title="Data contract",
        meaning="The rules of the data in a file that other tools read and run.",
        source="Open Data Contract Standard 3, Bitol, bitol.io.",
        screen="data/checks",
        also="ODCS rules",
    ),
)
