"""The factors of an idea as somebody typed them, and what each rests on: an opinion, a link, or a measured figure."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from components import ui
from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Question
from components.project.store import Conflict, Project
from components.readiness.measured import measured_figures
from components.scoping.flip import number
from components.scoping.lenses import Lens
from components.scoping.records import Basis, Solution
from components.ui import state

KINDS = ("opinion", "link", "measurement")
KIND_WORDS = {"opinion": "an opinion", "link": "a link", "measurement": "a measurement"}


def factors(project: Project, solutions: Sequence[Record[Solution]], lens: Lens) -> None:
    """Draw the factors of the idea that the person chooses."""
    named = {record.id: record for record in solutions}
    chosen = st.selectbox("Idea", list(named), format_func=lambda id_: named[id_].body.title, key="rank.idea", width=560)
    record = named[str(chosen)]
    key = f"rank.factors.{lens.code}.{record.id}"
    draft = state.draft(key)
    if draft.initial and draft.read != record.version and not draft.problems and _untouched(key, draft, lens):
        state.drop_draft(key)
        draft = state.draft(key)
    if not draft.initial:
        draft.read, draft.initial = record.version, _now(record.body, lens)
    with st.form(f"{key}.form{draft.generation}", border=True):
        typed = _inputs(project, lens, f"{key}.{draft.generation}", draft.initial)
        for problem in draft.problems:
            st.markdown(f":red[:material/error:] {ui.escape(problem)}")
        asked = st.form_submit_button("Save", key=f"{key}.save")
    if asked:
        _save(project, record.id, lens, key, draft, typed)


def _now(body: Solution, lens: Lens) -> dict[str, Any]:
    """Return a solution's factors as the form shows them: name → (value, kind, ref)."""
    bases = {name: body.basis.get(name) for name in lens.names}
    return {name: (body.factor(name), basis.kind if basis else "opinion", basis.ref if basis else "") for name, basis in bases.items()}


def _inputs(project: Project, lens: Lens, key: str, initial: dict[str, Any]) -> dict[str, Any]:
    measured = {ref: figure.text for ref, figure in measured_figures(ui.store(), project.id).items()}
    typed = {}
    for factor in lens.factors:
        value, kind, ref = initial[factor.name]
        first, second, third, fourth = st.columns([3, 3, 4, 4], gap="small")
        with first:
            typed_value = _value(factor, value, f"{key}.{factor.name}.value")
        typed_kind = second.selectbox(
            "Rests on", KINDS, index=KINDS.index(kind), format_func=KIND_WORDS.__getitem__, key=f"{key}.{factor.name}.kind"
        )
        link = ref if kind == "link" else ""
        typed_link = third.text_input("Link (https://…)", value=link, key=f"{key}.{factor.name}.link", max_chars=300)
        gone = {ref: "a figure that is no longer measured"} if kind == "measurement" and ref not in measured else {}
        known = {"": "none", **gone, **measured}
        at = list(known).index(ref if kind == "measurement" else "")
        typed_figure = ""
        if len(known) > 1:
            typed_figure = fourth.selectbox(
                "Measured figure", list(known), index=at, format_func=known.__getitem__, key=f"{key}.{factor.name}.figure"
            )
        typed[factor.name] = (typed_value, typed_kind, {"link": typed_link.strip(), "measurement": typed_figure}.get(typed_kind, ""))
    return typed


def _value(factor: Question, value: float | None, key: str) -> float | None:
    """Draw the field for the value of a factor."""
    if factor.choices:
        options = [choice.value for choice in factor.choices]
        index = options.index(value) if value in options else None
        chosen: float | None = st.selectbox(
            factor.title, options, index=index, format_func=factor.word, key=key, help=factor.help or None, placeholder="not said"
        )
        return chosen
    typed: float | None = st.number_input(
        factor.title, min_value=0.0, value=value, step=None, format="%g", key=key, help=factor.help or None, placeholder="not known"
    )
    return typed


def _untouched(key: str, draft: state.Draft, lens: Lens) -> bool:
    """Whether nobody has changed a value in this form since it was drawn."""
    keys = {name: f"{key}.{draft.generation}.{name}.value" for name in lens.names}
    return all(state.widget(keys[name], draft.initial[name][0]) == draft.initial[name][0] for name in lens.names)


def _save(project: Project, id: str, lens: Lens, key: str, draft: state.Draft, typed: dict[str, Any]) -> None:
    """Save the factors that were changed, over whatever stands there now; where somebody changed the same one, say so first."""
    changed = {name: what for name, what in typed.items() if what != draft.initial[name]}
    draft.problems = [
        f"{lens.factor(name).title}: {'write the link as https://…' if kind == 'link' else 'choose the measured figure that it rests on'}."
        for name, (_, kind, ref) in changed.items()
        if kind != "opinion" and not (ref.startswith(("https://", "http://")) if kind == "link" else ref)
    ]
    newest = ui.store().get(project.id, Solution, id)
    if newest is None:
        draft.problems = ["Somebody deleted this idea; what you typed is still here."]
    elif not draft.problems:
        theirs = _now(newest.body, lens)
        contested = [name for name in changed if theirs[name] != draft.initial[name] and theirs[name] != changed[name]]
        draft.problems = [
            f"Somebody else has set {lens.factor(name).title.lower()} to {_written(theirs[name])} meanwhile: save again to set yours."
            for name in contested
        ]
        draft.initial = {**draft.initial, **{name: theirs[name] for name in contested}}
    if not draft.problems and newest is not None:
        body = newest.body
        try:
            for name, (value, kind, ref) in changed.items():
                body = body.rated(name, value, None if kind == "opinion" else Basis(kind=kind, ref=ref))
            ui.store().save(project.id, body, person=ui.person().id, id=id, read=newest.version)
        except Conflict:
            draft.problems = ["Somebody else saved this idea in the same moment: save again."]
        except (ValidationError, BadInput) as error:
            draft.problems = [str(error)]
        else:
            state.drop_draft(key)
            ui.say("Saved.")
    st.rerun()


def _written(what: tuple[float | None, str, str]) -> str:
    value, kind, _ = what
    return f"{'nothing' if value is None else number(value)}, resting on {KIND_WORDS[kind]},"
