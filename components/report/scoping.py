"""What the report says of the scoping phase."""

import pandas as pd

from components import words
from components.readiness.measured import best_model, human_level, reached
from components.report.drawing import svg
from components.report.parts import Part, Section, Source
from components.scoping.board import cards
from components.scoping.charts import prior_work_chart
from components.scoping.opinions import ranking_of
from components.scoping.prior_work import attainable
from components.scoping.prior_work import table as prior_table
from components.scoping.ranking import ranking_table
from components.scoping.ranking_charts import score_chart
from components.scoping.records import PriorWork, Problem, Solution
from components.theme import LIGHT


def scoping(source: Source) -> Section:
    """Return problems, the ranking of the ideas, prior work and the target."""
    problems = [one.body for one in cards(source.store, source.project_id, Problem)]
    solutions = cards(source.store, source.project_id, Solution)
    prior, target = source.all(PriorWork), source.target
    section = Section("scoping", "Scoping", "What is worth solving, and what is attainable?", "", "No problem is written down yet.")
    if problems:
        rows = [{"problem": p.statement, "who is hurt": p.who, "how often": p.how_often, "cost": p.cost} for p in problems]
        section.parts.append(Part(title="Problems", tables=[pd.DataFrame(rows)]))
    if solutions:
        ranking = ranking_of(source.store, source.project_id)
        section.answer = ranking.answer
        part = Part("Which idea first?", ranking.answer, ranking.method, tables=[ranking_table(ranking)])
        if len(ranking.ranked):
            part.pictures.append(svg(score_chart(ranking, LIGHT), f"Ideas by {ranking.lens.title} score. {ranking.answer}"))
        section.parts.append(part)
    if prior:
        people, ours = (reached(one(source.store, source.project_id)) for one in (human_level, best_model))
        found = attainable(prior, target, people)
        simulated = people.simulated if people and found.people_measured else ""
        part = Part("Prior work", found.sentence, "Published results on other people's data: a guide and no promise.", simulated)
        chart = prior_work_chart(prior, target, LIGHT, people=people, ours=ours)
        part.pictures.append(svg(chart, f"Published results by year. {found.sentence}"))
        part.tables.append(prior_table(prior, target, people))
        part.notes += found.warnings
        section.parts.append(part)
    if target is not None:
        section.parts.append(Part("Our target", f"{target.metric} {words.decimal(target.value, 3)}", target.why))
    return section
