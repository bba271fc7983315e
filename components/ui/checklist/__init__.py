"""The checklist screen: lines that anybody answers, what their gaps cost, and the sign-off."""

from components.ui.checklist.answers import answers, choose_section, lines, open_line, table
from components.ui.checklist.failure_cases import failure_cases
from components.ui.checklist.gaps import costs, gaps_now, gaps_of, matrix, signing
from components.ui.checklist.own_lines import own

__all__ = [
    "answers",
    "choose_section",
    "costs",
    "failure_cases",
    "gaps_now",
    "gaps_of",
    "lines",
    "matrix",
    "open_line",
    "own",
    "signing",
    "table",
]
