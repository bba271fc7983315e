"""What others reached as figures, and what we measured ourselves beside it."""

import streamlit as st

from components.readiness.measured import best_model, human_level, reached
from components.scoping.prior_work import Attainable, Reached, converted, gap_text, is_share
from components.stats.estimate import Estimate
from components.ui import resources
from components.ui.figures import figure
from components.ui.patterns import open_line


def measured(project_id: str) -> tuple[Reached | None, Reached | None]:
    """Return human level and our best model, as they were measured in *Modelling*."""
    people, ours = human_level(resources.store(), project_id), best_model(resources.store(), project_id)
    return reached(people), reached(ours)


def figures(found: Attainable, people: Reached | None, ours: Reached | None) -> None:
    """Draw best, median, human level and ours, each with its distance to our target; and what speaks against the target."""
    share, target = is_share(found.metric), found.target.value if found.target else None
    columns = st.columns(4, gap="medium")
    shown = [
        ("Best published", _published(found.best_score), "highlight"),
        ("Median published", _published(found.median_score), "other"),
        ("People", _people(found, people), "people"),
        ("Ours", _estimate(found, ours), "model"),
    ]
    for place, (label, estimate, role) in zip(columns, shown, strict=True):
        with place:
            gap = f"{gap_text(found.gap(estimate.value), found.metric)} against our target" if found.target and estimate.value else ""
            people_gap = found.gap(estimate.value, found.people_score) if role != "people" and found.people_score is not None else None
            against = f"{gap_text(people_gap, found.metric)} against people" if people_gap is not None else ""
            note = ", ".join(part for part in (estimate.why if estimate.value is not None else "", gap, against) if part)
            figure(label, estimate, as_percent=share, note=note, role=role, domain=_domain(found, shown, target), target=target)
    for warning in found.warnings:
        open_line(warning)


def _domain(found: Attainable, shown: list[tuple[str, Estimate, str]], target: float | None) -> tuple[float, float]:
    every = [x for _, one, _ in shown for x in (one.value, one.low, one.high) if x is not None] + ([] if target is None else [target])
    air = 0.08 * (max(every) - min(every)) if every and max(every) > min(every) else 0.01
    return (min(every) - air, max(every) + air) if every else (0.0, 1.0)


def _published(score: float | None) -> Estimate:
    return Estimate(score, why="" if score is not None else "No comparable result yet.")


def _people(found: Attainable, people: Reached | None) -> Estimate:
    if found.people_measured:
        return _estimate(found, people)
    return Estimate(found.people_score, why="as published" if found.people_score is not None else "Enter it, or measure it in Human level.")


def _estimate(found: Attainable, reached: Reached | None) -> Estimate:
    """Return what we measured in the metric of the comparison; its `why` says that it was simulated."""
    value = converted(reached.value, reached.metric, found.metric) if reached else None
    if reached is None or value is None:
        return Estimate(None, why=f"Not measured in {found.metric} yet.")
    limits = [None if one is None else converted(one, reached.metric, found.metric) for one in (reached.low, reached.high)]
    low, high = sorted(one for one in limits if one is not None) if None not in limits else (None, None)
    return Estimate(value, low, high, why="simulated" if reached.simulated else "as measured")
