"""What the report says of the scoping phase."""

import pandas as pd

from components import words
from components.readiness.measured import best_model, human_level, reached
from components.report.assessment import assessment
from components.report.drawing import svg
from components.report.parts import Part, Section, Source
from components.scoping.board import cards
from components.scoping.charts import prior_work_chart
from components.scoping.opinions import lenses, long, ranking_of, rounds
from components.scoping.prior_work import attainable
from components.scoping.prior_work import table as prior_table
from components.scoping.ranking import Ranking, ranking_table
from components.scoping.ranking_charts import probability_chart, score_chart
from components.scoping.records import PriorWork, Problem, Solution
from components.scoping.round_result import result, sentence, shown
from components.theme import LIGHT

MOST_ROUNDS = 6


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
        rankings = _rankings(source)
        section.answer = rankings[0].answer
        section.parts += [_ranking(one) for one in rankings]
    section.parts += _votes(source)
    section.parts += assessment(source)
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


def _rankings(source: Source) -> list[Ranking]:
    """Return the rankings in which at least one idea is complete, those by votes first; RICE where none is."""
    every = [ranking_of(source.store, source.project_id, lens) for lens in lenses(source.store, source.project_id).values()]
    complete = [one for one in every if len(one.ranked)]
    return sorted(complete, key=lambda one: not one.voters) or every[:1]


def _ranking(ranking: Ranking) -> Part:
    table = ranking_table(ranking)
    if ranking.voters:
        table["chance of being first"] = [words.percent(value, 0) for value in table["chance of being first"]]
    part = Part(f"Which idea first? {ranking.lens.title}", ranking.answer, ranking.method, ranking.simulated, tables=[table])
    if len(ranking.ranked):
        part.pictures.append(svg(score_chart(ranking, LIGHT), f"Ideas by {ranking.lens.title} score. {ranking.answer}"))
    if ranking.voters:
        part.pictures.append(svg(probability_chart(ranking, LIGHT), f"Chance of being first. {ranking.answer}"))
    return part


def _votes(source: Source) -> list[Part]:
    """Return what came of the newest rounds of votes, the widest spread first, with the notes."""
    revealed = [one for one in rounds(source.store, source.project_id) if one.body.state == "revealed"]
    parts = []
    for record in revealed[:MOST_ROUNDS]:
        body, ballots = record.body, source.store.ballots(source.project_id, record.id)
        said = source.store.votes(source.project_id, record.id, "")
        votes = long(said, ballots)
        table = result(body, votes)
        people = words.counted(votes["voter"].nunique(), "person", "people")
        part = Part(
            f"Votes: {body.title}, round {body.number}", sentence(table, body), f"Blind, revealed together: {people}.", body.simulated
        )
        if len(table):
            part.tables.append(shown(table, body.questions))
        names, titles = {one.voter: one.name for one in ballots}, {card.id: card.title for card in body.cards}
        part.notes += [f"{names.get(one.voter, 'Somebody')} on “{titles.get(one.card, one.card)}”: {one.note}" for one in said if one.note]
        parts.append(part)
    return parts
