"""The rules that decide a rollout, each a file of its own and listed here."""

from components.deployment.gates.e_process import EProcess

GATES = (EProcess,)
