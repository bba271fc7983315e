"""The plan as a manifest: what a tool takes, and what it can't express."""

import streamlit as st

from components.deployment.manifests import READ_BACK, TARGETS
from components.deployment.manifests.read_back import compared
from components.deployment.plan import Plan
from components.ui.patterns import open_line
from components.ui.session import escape


def export(plan: Plan) -> None:
    """Offer the plan as a manifest of a rollout tool."""
    with st.expander("Export for Argo, Flagger, KServe or Prometheus", icon=":material/download:"):
        target = st.segmented_control(
            "For", list(TARGETS), default="argo", required=True, format_func=lambda name: TARGETS[name][0], key="rollout.target"
        )
        title, write = TARGETS[str(target)]
        text, lost = write(plan)
        st.code(text, language="yaml", height=320)
        st.download_button(
            f"Download for {title}", text, f"{plan.name}-{target}.yaml", "text/yaml", icon=":material/download:", key="rollout.download"
        )
        if target in READ_BACK:
            found = compared(plan, str(target), text)
            kept = int(found["kept"].sum())
            st.markdown(f"**Read back, {kept} of {len(found)} say the same as the plan**")
            shown = found.assign(kept=["✓" if one else "lost" for one in found["kept"]])[["kept", "what", "plan", "manifest"]]
            st.table(shown.map(escape), border="horizontal", hide_index=True)
        st.markdown(f"**What {title} can't express**")
        for line in lost:
            open_line(line)
