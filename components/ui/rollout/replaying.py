"""The backtest: a log of outcomes, replayed through every gate."""

import streamlit as st

from components import words
from components.data import sources
from components.deployment.backtest import replay
from components.deployment.gates import GATES
from components.deployment.logs import PREDICTED, WANTED, joined
from components.deployment.plan import Plan
from components.errors import BadInput
from components.ui.figures import behind, download
from components.ui.patterns import bad_input, note
from components.ui.session import escape

KINDS = ["csv", "tsv", "parquet", "jsonl"]


def backtest(plan: Plan) -> None:
    """Take a log, and say when each gate would have decided; the plan's own gate keeps its settings."""
    with st.expander("Replay a log of outcomes through the gates", icon=":material/history:"):
        note(
            f"One row a request, with the columns {words.listed(WANTED)}: the new version's arm is called new or canary; the outcome is 1 "
            "for bad, 0 for good. A column “known” says when an outcome came, “slice” which part of the traffic it is. Nothing is kept."
        )
        given = st.file_uploader("A log", type=KINDS, key="rollout.log", label_visibility="collapsed")
        later = st.file_uploader(
            "Targets, where the log holds predictions and they came later",
            type=KINDS,
            key="rollout.targets",
            help=f"Then the log has {words.listed(PREDICTED)}; the targets have id, target, and known where each has a time of its own.",
        )
        windows = st.number_input("Windows to cut it into", 1, 2000, 50, key="rollout.log_windows", width=220)
        planned = st.number_input(
            "Share planned for the new version, %, if it was one", 0.0, 99.9, 0.0, 1.0, "%g", key="rollout.log_share", width=380
        )
        if given is None:
            return
        gates = tuple(plan.gate if isinstance(plan.gate, kind) else kind() for kind in GATES)
        try:
            log = sources.read(given.name, given.getvalue())
            if later is not None:
                log = joined(log, sources.read(later.name, later.getvalue()))
            found = replay(log, int(windows), gates, planned / 100 or None)
        except BadInput as error:
            bad_input(error, key="rollout_log")
            return
        st.markdown(f"**{escape(found.answer)}**")
        if found.mismatch:
            st.markdown(f":orange[:material/warning:] {escape(found.mismatch)}")
        st.dataframe(found.verdicts, hide_index=True, width="stretch")
        if len(found.slices):
            if found.hidden:
                st.markdown(f":orange[:material/warning:] {escape(found.hidden)}")
            note("Slice by slice, as if each gate had looked at it alone; those that keep an α share it among the slices.")
            shown = found.slices.assign(slice=[escape(name) for name in found.slices["slice"]])
            st.table(shown, border="horizontal", hide_index=True)
            download(found.slices, "replayed slices")
        behind(found.windows, "replayed log", "Window by window")
