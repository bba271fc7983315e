"""On the projector: the story leads from where the project stands, through its phases, to what was decided."""

from components.ui.presenting import STORY
from components.ui.screens import SCREENS


def test_the_story_tells_every_phase_in_order_and_no_screen_twice():
    assert [STORY[0].title, STORY[-1].title] == ["Overview", "Decisions"]
    phases = list(dict.fromkeys(screen.phase for screen in STORY[1:-1]))
    assert phases == ["Scoping", "Data", "Modelling", "Deployment"]
    assert len(STORY) == len(set(STORY))
    assert {screen for screen in SCREENS if screen.phase != "Project" and not screen.hidden} <= set(STORY)


def test_a_screen_of_the_story_is_drawn_alone(tab):
    tab.app.query_params["present"] = "1"
    app = tab.open("project/overview")
    tab.whole()
    assert any(one.key == "present_out" for one in app.button)
    assert f"1 of {len(STORY)}" in tab.text
