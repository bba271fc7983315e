"""Meeting mode on the screens: prepared, joined, followed, closed; and what has to be done since."""

from datetime import date

import pytest

from components.project import meetings
from components.project.decisions import Decision, decide
from components.project.meetings import SCOPING, ActionItem, Meeting, Point, Seat
from components.scoping.milestones import Milestone
from components.ui.screens import SCREENS


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def shown(tab):
    return next(screen.path for screen in SCREENS if screen.question in tab.text)


@pytest.fixture
def led(installation, project_id):
    """A meeting that Ana leads, at its first point."""
    store = installation.store()
    store.name_person("ana", "Ana")
    points = [
        Point(title="What hurts?", minutes=5, screen="scoping/problems_and_solutions"),
        Point(title="Promise", screen="scoping/milestones"),
    ]
    begun = meetings.begin(store, store.save(project_id, Meeting(points=points), person="ana"), "ana")
    meetings.sit(store, begun, "ana", "Ana")
    return begun


def test_the_agendas_screens_are_there():
    assert {point.screen for point in SCOPING} <= {screen.path for screen in SCREENS}


def test_a_meeting_is_prepared_from_a_template_changed_and_begun(tab, installation):
    app = tab.open("project/meeting")
    press(app, "Prepare a scoping meeting")
    assert tab.answer == "Scoping meeting: 6 points in 90 minutes."
    app.button(key="meeting.out.5").click().run()
    app.button(key="meeting.up.1").click().run()
    tab.whole()
    press(app, "Begin")
    tab.whole()
    meeting = meetings.running(installation.store(), tab.project_id)
    assert [point.title for point in meeting.body.points][:2] == [SCOPING[1].title, SCOPING[0].title]
    assert len(meeting.body.points) == 5
    assert shown(tab) == "scoping/problems_and_solutions"
    assert "1 of 5" in tab.text


def test_who_is_not_in_it_is_invited_and_nothing_leads_them_away(tab, led):
    app = tab.open("data/checks")
    assert "Scoping meeting** is running, with 1 person" in tab.text
    assert not [button for button in app.button if button.key == "live.follow"]
    press(app, "Join it")
    tab.whole()
    assert shown(tab) == "scoping/problems_and_solutions"


def test_who_joined_is_led_to_the_next_point_and_may_look_elsewhere(tab, installation, led):
    store = installation.store()
    app = tab.open("project/meeting")
    press(app, "Join the meeting")
    assert shown(tab) == "scoping/problems_and_solutions"
    meetings.go_to(store, led, 1, "ana")
    app.run()
    app.button(key="live.follow").click().run()
    tab.whole()
    assert shown(tab) == "scoping/milestones"
    tab.open("data/checks")
    assert not [button for button in app.button if button.key == "live.follow"]
    press(app, "Go to Milestones")
    assert shown(tab) == "scoping/milestones"


def test_whoever_takes_over_leads_everybody_on(tab, installation, led):
    app = tab.open("project/meeting")
    press(app, "Join the meeting")
    press(app, "Take over")
    press(app, "Next")
    tab.whole()
    assert meetings.running(installation.store(), tab.project_id).body.at == 1
    assert shown(tab) == "scoping/milestones"
    press(app, "5 more minutes")
    app.button(key="meeting.previous").click().run()
    assert shown(tab) == "scoping/problems_and_solutions"
    press(app, "Leave the meeting")
    tab.whole()
    assert [seat.body.name for seat in installation.store().all(tab.project_id, Seat) if seat.body.here] == ["Ana"]


def test_the_closing_screen_has_the_decisions_and_the_actions_of_the_meeting(tab, installation, led):
    store = installation.store()
    decide(store, tab.project_id, "ana", title="Recogniser first")
    store.save(tab.project_id, Decision(title="An older one"), person="ana")
    app = tab.open("project/meeting")
    press(app, "Join the meeting")
    tab.open("project/meeting")
    assert "Recogniser first" in tab.text
    assert "An older one" not in tab.text
    app.text_input(key="meeting.actions.new.0.what").set_value("Ask IT")
    app.text_input(key="meeting.actions.new.0.owner").set_value("Dev")
    app.date_input(key="meeting.actions.new.0.due").set_value(date(2020, 1, 31))
    press(app, "Add it")
    tab.whole()
    assert "overdue: Dev, until 31 January" in tab.text
    app.text_area(key="meeting.summary").set_value("The recogniser comes first.")
    press(app, "Close the meeting for everybody")
    tab.whole()
    assert tab.answer == "The recogniser comes first."
    assert "Ask IT" in tab.text
    item = store.all(tab.project_id, ActionItem)[0]
    assert item.body.meeting == led.id
    app.checkbox(key=f"meeting.actions.{item.id}.done.1").check().run()
    tab.whole()
    assert store.all(tab.project_id, ActionItem)[0].body.done


def test_the_overview_points_at_what_came_true_and_what_is_overdue(tab, installation):
    store = installation.store()
    decide(store, tab.project_id, "ana", title="Pilot in one office", revisit="a month has passed", revisit_on=date(2020, 2, 1))
    store.save(tab.project_id, ActionItem(what="Ask IT", owner="Dev", due=date(2020, 1, 31)), person="ana")
    store.save(tab.project_id, Milestone(title="Lab", due=date(2020, 3, 1)), person="ana")
    tab.open("project/overview")
    assert "Decide again: 1. Pilot in one office" in tab.text
    assert "1 February 2020 has come" in tab.text
    assert "Ask IT** :small[:gray[Dev, until 31 January]]" in tab.text
    assert "Lab** :small[:gray[was due on 1 March, overdue]]" in tab.text
