"""Words of modelling."""

from functools import partial

from components.help.declaration import Entry

term = partial(Entry, group="Terms")

MODELLING = (
    term(
        key="baseline",
        title="Baseline",
        meaning="A result that a new model must beat to be worth anything: of guessing, a simple model, the literature, other products, people.",
        screen="modelling/baselines",
    ),
    term(
        key="comparable",
        title="Comparable",
        meaning="Reached on the same data, the same split and in the same metric. What isn't is shown, and never ranked.",
        screen="modelling/baselines",
    ),
    term(
        key="folds",
        title="Folds",
        meaning="The data in five parts: each model is trained on four and scored on the fifth, five times; the same folds for all.",
        computed="Mean over folds; the interval by rows drawn again within folds.",
        screen="modelling/baselines",
        also="cross-validation",
    ),
    term(
        key="accuracy",
        title="Accuracy",
        meaning="The share of right answers. Where one class is common, guessing it reaches much of it.",
        screen="modelling/baselines",
        also="error rate",
    ),
    term(
        key="r2",
        title="R²",
        meaning="How much of a number's variance is explained: 1 is all, 0 what guessing the mean explains; it can be negative.",
        computed="1 − Σ (y − ŷ)² ÷ Σ (y − ȳ)².",
        screen="modelling/baselines",
    ),
    term(
        key="human-level",
        title="Human level",
        meaning="How often a person is right. A benchmark for images, text and sound; on tables it is none.",
        computed="Each labeller against the majority of the others (three or more), or against expert labels; pooled over labels.",
        screen="modelling/human_level",
        also="HLP human-level performance leave-one-out",
    ),
    term(
        key="convention-trap",
        title="Convention trap",
        meaning=(
            "Where two instructions split labellers 70 to 30, people agree on 58 % and a model that always follows the majority scores 70 %:"
            " it beats people without being better. Agree on the rule."
        ),
        source="Ng, A. (2021). Machine learning engineering for production: introduction. DeepLearning.AI.",
        screen="modelling/human_level",
    ),
    term(
        key="avoidable-bias",
        title="Avoidable bias",
        meaning="Training error less human error: what a better model could still learn. Negative where people are no longer the ceiling.",
        computed="Of a quick model: accuracy of people − its accuracy on rows that it learnt from; the interval is Newcombe's, of both.",
        source="Ng, A. (2018). Machine learning yearning.",
        screen="modelling/human_level",
    ),
    term(
        key="variance",
        title="Variance",
        meaning="Error on the dev set less training error: what more data or a simpler model could gain.",
        computed="Of a quick model: each row is asked once where it was learnt from and once where it was held back, and both are paired.",
        source="Ng, A. (2018). Machine learning yearning.",
        screen="modelling/human_level",
    ),
    term(
        key="headroom",
        title="Headroom",
        meaning="What a slice would add to the whole if the model reached human level on it.",
        computed="Share of the data × max(0, human level − model), with its interval. Of numbers: share × what the mean absolute error "
        "lies above the one to be reached, as a share of the whole error.",
        source="Ng, A. (2021). Machine learning engineering for production: introduction. DeepLearning.AI.",
        screen="modelling/where_to_work",
        also="slice gap where to work",
    ),
    term(
        key="mcnemar",
        title="McNemar's test",
        meaning="Whether one of two models is right more often: only the items on which exactly one of them is right tell.",
        computed="Exact: binomial with p = ½ on those items.",
        source="McNemar, Q. (1947). Note on the sampling error of the difference between correlated proportions. Psychometrika 12, 153–157.",
        also="paired comparison p-value",
    ),
    term(
        key="holm",
        title="Holm",
        meaning="Comparing many models, one seems better by chance; p-values are raised so that the chance of any such mistake stays at 5 %.",
        source="Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scand. J. Stat. 6, 65–70.",
        also="multiple testing adjusted p",
    ),
    term(
        key="word-error-rate",
        title="Word error rate",
        meaning="How many words of a transcript are wrong. It can exceed 100 %, and the mean over lines is another number.",
        computed="Substituted, missing and added words of all lines ÷ words of all references, after normalising case and punctuation.",
        source="Levenshtein, V. I. (1966). Binary codes capable of correcting deletions, insertions and reversals. Sov. Phys. Dokl. 10, 707–710.",
        also="WER CER character error rate transcript speech",
    ),
    term(
        key="power-law",
        title="Power law",
        meaning="How time, memory or error change with more data: a straight line where both axes are logarithmic.",
        computed="Fitted on growing parts of the data, extrapolated with an interval.",
        source="Hestness, J. et al. (2017). Deep learning scaling is predictable, empirically. arXiv:1712.00409.",
        also="learning curve compute extrapolation",
    ),
)
