"""What the team thinks of its ideas: which comes first, whether it can be done, is worth it, and is right."""

from components import ui
from components.ui.assessment.ranking import ranking
from components.ui.assessment.voting import voting

VIEWS = {"Rank": ranking, "Vote": voting}
project = ui.project()
VIEWS[ui.view("assessment", list(VIEWS))](project)
