"""What the team thinks of its ideas: which comes first, whether it can be done, is worth it, and is right."""

from components import ui
from components.ui.assessment.ethics import ethics
from components.ui.assessment.feasibility import feasibility
from components.ui.assessment.ranking import ranking
from components.ui.assessment.voting import voting
from components.ui.assessment.worth import worth

VIEWS = {"Rank": ranking, "Vote": voting, "Feasibility": feasibility, "Value": worth, "Ethics": ethics}
project = ui.project()
VIEWS[ui.view("assessment", list(VIEWS))](project)
