"""What the team thinks of its ideas: which comes first, whether it can be done, is worth it, and is right."""

from components import ui
from components.ui.assessment.ranking import ranking

VIEWS = {"Rank": ranking}
project = ui.project()
VIEWS[ui.view("assessment", list(VIEWS))](project)
