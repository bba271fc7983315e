"""The plan as a tab is trying it out, saved over what was read."""

import streamlit as st

from components.deployment.plan import Plan
from components.deployment.records import ROLLOUT, RolloutPlan
from components.deployment.rehearsal import Rehearsal, described, rehearse
from components.project.records import Record
from components.project.store import Conflict
from components.readiness.evidence import planned_rollout
from components.ui import resources, state
from components.ui.patterns import card
from components.ui.session import escape, person

RUNS = 1000


@st.cache_resource(max_entries=12, show_spinner=False)
def rehearsed(plan: str, harm: float, seed: int, good: float = 1.0) -> Rehearsal:
    """Return the rehearsal of a plan (as JSON), kept by its content."""
    return rehearse(Plan.model_validate_json(plan), harm, RUNS, seed, good)


class Draft:
    """The plan as this tab is trying it out, and the version that it began from."""

    def __init__(self, project_id: str) -> None:
        self.project_id = project_id
        self.key = f"rollout.{project_id}"
        self.saved: Record[RolloutPlan] | None = resources.store().get(project_id, RolloutPlan, ROLLOUT)
        self._state = state.draft(self.key)
        if not self._state.initial:
            self._state.read = self.saved.version if self.saved else 0
            self._state.initial = planned_rollout(resources.store(), project_id).model_dump()

    @property
    def initial(self) -> RolloutPlan:
        """The plan that the controls began with."""
        return RolloutPlan.model_validate(self._state.initial)

    @property
    def widget(self) -> str:
        """What the keys of the controls begin with."""
        return f"{self.key}.{self._state.generation}"

    @property
    def conflict(self) -> Record[RolloutPlan] | None:
        """What somebody else saved since this tab read the plan, once saving was tried."""
        return self._state.theirs

    def badge(self, now: RolloutPlan) -> tuple[str, str] | None:
        """Return whether the plan on the screen is the saved one."""
        if self.saved is None:
            return ("not saved yet", "note")
        return ("changed, not saved", "note") if now != self.saved.body else None

    def follow(self, now: RolloutPlan) -> None:
        """Show what a colleague saved, unless this tab has changes of its own."""
        if self.saved and self.saved.version != self._state.read and now == self.initial and not self.conflict:
            self.restart()

    def restart(self, body: RolloutPlan | None = None) -> None:
        """Begin anew from what is saved, or from this plan over what was read."""
        if body is None:
            state.drop_draft(self.key)
        else:
            self.begin(body)
        st.rerun()

    def begin(self, body: RolloutPlan) -> None:
        """Let the controls begin with this plan, over what was read; for what runs when a button is pressed."""
        read = self._state.read
        state.drop_draft(self.key)
        self._state = state.draft(self.key)
        self._state.read, self._state.initial = read, body.model_dump()

    def save(self, body: RolloutPlan, rehearsal: Rehearsal, read: int | None = None) -> None:
        """Save the plan and what its simulation gave; where somebody saved in between, keep both until the person decides."""
        try:
            version = self._state.read if read is None else read
            resources.store().save(self.project_id, body, person=person().id, id=ROLLOUT, read=version)
        except Conflict as conflict:
            self._state.theirs, self._state.initial = conflict.theirs, body.model_dump()
            if conflict.theirs is None:
                self._state.read = 0
            st.rerun()
        resources.store().put(self.project_id, rehearsal.record(), person=person().id, id=ROLLOUT)
        state.say("The plan and what it gave are saved.")
        self.restart()


def settle(draft: Draft, mine: RolloutPlan, rehearsal: Rehearsal) -> None:
    """Show both plans where somebody saved in between, and let the person keep one."""
    theirs = draft.conflict
    if theirs is None:
        return
    author = resources.store().person(theirs.updated_by)
    name = author.name if author else "Somebody else"
    with card("conflict"):
        st.markdown(f":red[:material/call_merge:] **{escape(name)} saved another plan in the meantime.** Both are kept until you decide.")
        for whose, body in (("Yours", mine), (f"{name}'s, {theirs.updated_at:%H:%M}", theirs.body)):
            st.markdown(f":gray[{escape(whose)}]  \n{escape(described(body))}")
        with st.container(horizontal=True):
            if st.button("Keep mine", key="rollout.keep_mine"):
                draft.save(mine, rehearsal, read=theirs.version)
            if st.button(f"Keep {escape(name)}'s", key="rollout.keep_theirs"):
                draft.restart()
