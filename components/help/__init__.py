"""Every word that the screens use: what it is, how it is computed, where that comes from. Read from the declarations themselves."""

from collections.abc import Iterator
from functools import cache

from components import words
from components.data.checks import CHECKS, Check
from components.deployment.faults import FAULTS
from components.deployment.gates import GATES
from components.deployment.monitors import MONITORS
from components.deployment.strategies import STRATEGIES
from components.help.declaration import GROUPS, Entry, Group
from components.help.terms import TERMS
from components.modelling.metrics import METRICS
from components.modelling.quick_models import MODELS
from components.readiness.lines import ALL_LINES
from components.readiness.ml_test_score import LINES
from components.scoping.lenses import LENSES

__all__ = ["GROUPS", "Entry", "Group", "about", "entries", "found"]

ARMS = {"canary": "the new version", "both": "both versions"}
BRECK = "Breck, E. et al. (2017). The ML test score. IEEE Big Data, 1123–1132."
FAILS = {"failed": "it fails", "warned": "it warns"}


@cache
def entries() -> tuple[Entry, ...]:
    """Return all entries, in the order in which they are listed."""
    return (*TERMS, *_checks(), *_models(), *_metrics(), *_rankings(), *_rollouts(), *_faults(), *_monitors(), *_checklist())


def about(key: str) -> Entry | None:
    """Return the entry of a key, or None."""
    return next((entry for entry in entries() if entry.key == key), None)


def found(text: str) -> list[Entry]:
    """Return the entries in which every word of a text occurs, those with all of them in their name first."""
    wanted = text.casefold().split()
    matching = [entry for entry in entries() if all(word in entry.words for word in wanted)]

    def far(entry: Entry) -> int:
        name = f"{entry.key} {entry.title} {entry.also}".casefold()
        return 0 if entry.key.casefold() == text.casefold() else 1 if all(word in name for word in wanted) else 2

    return sorted(matching, key=far)


def _checks() -> Iterator[Entry]:
    for check in CHECKS:
        advice = check.advice + (f" Images, text and sound: {check.advice_unstructured}" if check.advice_unstructured else "")
        yield Entry(check.code, "Checks", check.title, check.why, f"{_limit(check)} {advice}".strip(), screen="data/checks")


def _limit(check: type[Check]) -> str:
    limit = getattr(check, "threshold", None)
    if limit is None:
        return ""
    written = words.percent(limit) if check.unit == "share" else f"{limit:g}"
    return f"{'Below' if check.at_least else 'Above'} {written} {FAILS[check.severity]}."


def _models() -> Iterator[Entry]:
    tasks: dict[str, list[str]] = {}
    for model in MODELS:
        tasks.setdefault(model.name, []).append(model.task)
    for model in {model.name: model for model in reversed(MODELS)}.values():
        yield Entry(model.name, "Models", model.title, model.why, f"For {words.listed(tasks[model.name])}.", screen="modelling/baselines")


def _metrics() -> Iterator[Entry]:
    for metric in METRICS:
        key = f"metric-{words.slug(metric.code.replace('²', '2'))}"
        meaning = f"{metric.direction.capitalize()} is better, {metric.range}; {metric.averaging}."
        yield Entry(
            key, "Metrics", f"{metric.title}, for {metric.kind}", meaning, f"{metric.formula}.", "", "modelling/baselines", metric.code
        )


def _rankings() -> Iterator[Entry]:
    for lens in LENSES:
        asked = " ".join(f"{factor.title}: {factor.help}" for factor in lens.factors if factor.help)
        yield Entry(lens.code, "Rankings", lens.title, f"Ranks ideas by {lens.formula}.", asked, lens.source, "scoping/assessment")


def _rollouts() -> Iterator[Entry]:
    for strategy in STRATEGIES:
        decides = "The new version decides meanwhile." if strategy.exposes else "The new version decides nothing meanwhile."
        yield Entry(strategy.name, "Strategies", strategy.title, strategy.says, decides, screen="deployment/rollout")
    for gate in GATES:
        settings = words.listed([field.title for field in gate.model_fields.values() if field.title])
        yield Entry(gate.code, "Gates", gate.title, gate.says, f"Settings: {settings}.", screen="deployment/rollout")


def _faults() -> Iterator[Entry]:
    for fault in FAULTS:
        harm = f"turns {words.percent(fault.harm, 0)} of the decisions bad" if fault.harm else "does no harm itself"
        signs = words.listed([f"{sign} ({words.percent(share, 0)})" for sign, share in fault.signs.items()])
        shows = f" Shows as {signs} of the requests." if signs else " Shows no sign of its own."
        computed = f"In the simulation it strikes at “{fault.stage}” in {ARMS[fault.arm]} and {harm} at strength 1.{shows}"
        yield Entry(fault.code, "Faults", fault.title, fault.happens, computed, screen="deployment/rollout")


def _monitors() -> Iterator[Entry]:
    for monitor in MONITORS:
        parts = [f"Looks at “{monitor.stage}” for “{monitor.watches}”."]
        if monitor.sample < 1:
            parts.append(f"Sees {words.percent(monitor.sample, 0)} of the requests.")
        if monitor.delay:
            parts.append(f"Alarms {words.counted(monitor.delay, 'window')} later.")
        if monitor.needs_labels:
            parts.append("Waits for labels.")
        parts.append("One sign is enough, at once." if monitor.stops else "False alarms: one window in 10,000.")
        yield Entry(monitor.code, "Monitors", monitor.title, monitor.says, " ".join(parts), screen="deployment/checklist")


def _checklist() -> Iterator[Entry]:
    scored = {line.code for line in LINES}
    for line in ALL_LINES:
        source = BRECK if line.code in scored else ""
        yield Entry(line.code, "Checklist", line.title, line.why, f"Section {line.section}.", source, "deployment/checklist")
