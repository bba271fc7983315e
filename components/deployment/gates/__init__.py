"""The rules that decide a rollout, each a file of its own and listed here; the first is the one that is taken by default."""

from components.deployment.gates.e_process import EProcess
from components.deployment.gates.threshold import Threshold
from components.deployment.gates.z_test import ZTest

GATES = (EProcess, Threshold, ZTest)

__all__ = ["GATES", "EProcess", "Threshold", "ZTest"]
