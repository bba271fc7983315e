"""Words of scoping."""

from functools import partial

from components.help.declaration import Entry

term = partial(Entry, group="Terms")

SCOPING = (
    term(
        key="silent-writing",
        title="Silent writing",
        meaning="Everybody writes on their own first; all is revealed together. More ideas come up, and the loudest voice doesn't steer.",
        source="Diehl, M. & Stroebe, W. (1987). Productivity loss in brainstorming groups. J. Pers. Soc. Psychol. 53, 497–509.",
        screen="scoping/problems_and_solutions",
        also="brainwriting brainstorming",
    ),
    term(
        key="blind-vote",
        title="Blind vote",
        meaning="Nobody sees the others' answers before the end; then all are shown with their spread, and the widest is talked about first.",
        screen="scoping/assessment",
        also="round delphi planning poker",
    ),
    term(
        key="p-rank-1",
        title="Chance of being first",
        meaning="How sure the ranking is: in how many of a thousand draws from the votes an idea comes out first.",
        computed="Voters are drawn again with replacement; single estimates are spread by their low and high values. The first is called the winner only when it leads by ten points.",
        screen="scoping/assessment",
        also="P(rank 1) rank probability",
    ),
    term(
        key="flip",
        title="What would flip it",
        meaning="The smallest change of one score that puts another idea first.",
        screen="scoping/assessment",
        also="sensitivity",
    ),
    term(
        key="target",
        title="Target",
        meaning="The value of one metric that the project wants to reach; it is drawn as a dashed line wherever that metric is shown.",
        screen="scoping/milestones",
    ),
    term(
        key="kill-criterion",
        title="Kill criterion",
        meaning="What would end the project, agreed before anybody has grown fond of it: a figure, a limit and a date.",
        screen="scoping/milestones",
    ),
    term(
        key="error-projection",
        title="Projected error",
        meaning="Where the error rate will be at a date, if it falls as it has fallen so far; a basis for what to promise.",
        computed="A line through the logarithms of past error rates, with its interval.",
        screen="scoping/assessment",
    ),
    term(
        key="metric-ladder",
        title="Metric ladder",
        meaning="From what the model is trained on to what the business counts, a step at a time; each side agrees to a step that it can hold.",
        source="Ng, A. (2021). Machine learning engineering for production: introduction. DeepLearning.AI.",
        screen="scoping/assessment",
    ),
    term(
        key="payback",
        title="Payback",
        meaning="After how many months what the solution saves has paid for building and running it.",
        computed="By what each kind of right and wrong decision is worth, how many there are, and both versions' error rates.",
        screen="scoping/assessment",
        also="cost matrix value",
    ),
    term(
        key="feasibility",
        title="Feasibility",
        meaning="Whether it can be done: for unstructured data whether people can do it, for structured data whether the features could tell.",
        source="Ng, A. (2021). Machine learning engineering for production: introduction. DeepLearning.AI.",
        screen="scoping/assessment",
    ),
)
