"""The words that no declaration holds: figures, intervals, verdicts. A file a phase."""

from components.help.terms.data import DATA
from components.help.terms.deployment import DEPLOYMENT
from components.help.terms.every_phase import EVERY_PHASE
from components.help.terms.modelling import MODELLING
from components.help.terms.scoping import SCOPING

TERMS = (*EVERY_PHASE, *SCOPING, *DATA, *MODELLING, *DEPLOYMENT)
__all__ = ["TERMS"]
