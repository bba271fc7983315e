"""A plan as manifests of rollout tools, each a file of its own; what a tool can't express is listed beside the text."""

from collections.abc import Callable

from components.deployment.manifests.argo import argo_rollouts
from components.deployment.manifests.flagger import flagger
from components.deployment.manifests.kserve import kserve
from components.deployment.monitoring import prometheus
from components.deployment.plan import Plan

TARGETS: dict[str, tuple[str, Callable[[Plan], tuple[str, list[str]]]]] = {
    "argo": ("Argo Rollouts", argo_rollouts),
    "flagger": ("Flagger", flagger),
    "kserve": ("KServe", kserve),
    "prometheus": ("Prometheus rules", prometheus),
}
READ_BACK = ("argo", "flagger", "kserve")
"""Targets whose manifests are read back and held against the plan; rules hold no plan."""

__all__ = ["READ_BACK", "TARGETS", "argo_rollouts", "flagger", "kserve"]
