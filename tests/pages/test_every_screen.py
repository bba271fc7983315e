"""Every screen, empty: it answers its question, says what to do, and shows no traceback."""

import pytest

from components.demo.templates import TEMPLATES, begin
from components.scoping.records import Problem
from components.ui import screens
from tests.pages.conftest import plain

WITH_PROJECT = [screen.path for screen in screens.SCREENS if screen.needs_project]


@pytest.mark.parametrize("path", WITH_PROJECT)
def test_an_empty_screen_asks_its_question_and_answers(tab, path):
    tab.open(path)
    assert screens.screen(path).question in tab.text
    assert tab.answer


@pytest.mark.parametrize("path", WITH_PROJECT)
def test_without_a_project_a_screen_says_so(open_tab, path):
    tab = open_tab()
    tab.open(path)
    assert tab.answer == "No project is open."


def test_an_address_with_an_unknown_project_says_so(open_tab):
    tab = open_tab("nothing-here")
    tab.open("project/overview")
    assert tab.answer == "This project isn't here."


def test_the_start_screen_offers_three_ways_and_lists_projects(open_tab, project_id):
    tab = open_tab()
    tab.open("project/start")
    for way in ("Look at the example", "Start a project", "Drop a file for a quick check"):
        assert way in tab.text
    assert any(button.label.replace("\\", "") == "Reading forms" for button in tab.app.button)


def test_a_new_project_is_begun_with_its_name(open_tab, installation):
    tab = open_tab()
    app = tab.open("project/start")
    app.text_input(key="start.new_name").set_value("Churn early warning")
    next(button for button in app.button if button.label == "New project").click().run()
    tab.whole()
    assert [project.name for project in installation.store().projects()] == ["Churn early warning"]


def test_a_project_without_a_name_is_not_begun(open_tab, installation):
    tab = open_tab()
    app = tab.open("project/start")
    next(button for button in app.button if button.label == "New project").click().run()
    assert "no name yet" in tab.text
    assert installation.store().projects() == []


def test_the_name_that_somebody_gives_is_kept(tab, installation):
    app = tab.open("project/overview")
    app.text_input(key="bar.my_name.Somebody").set_value("Ana")
    next(button for button in app.button if button.label == "Remember me in this browser").click().run()
    tab.whole()
    assert "Ana" in [
        person.name for person in [installation.store().person(p.person_id) for p in installation.store().present(tab.project_id)]
    ]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=cmd()", "**bold** [x](javascript:alert(1)) :red[x] $x$", "{{7*7}}"])
def test_hostile_text_is_shown_as_text(open_tab, installation, text):
    id_ = installation.store().create_project(text, "ana").id
    tab = open_tab(id_)
    tab.open("project/overview")
    tab.open("project/people_and_files")
    tab.open("project/start")
    assert any(button.label.replace("\\", "") == text for button in tab.app.button)


def test_what_a_template_brings_is_pointed_at_until_something_is_done(open_tab, installation):
    project = begin(installation.store(), TEMPLATES[1], "Risk", "ana").id
    tab = open_tab(project)
    links = {plain(one.proto.label) for one in tab.open("project/overview").get("page_link")}
    assert any(label.startswith("A checklist of ") for label in links)
    assert any(label.endswith("of what can go wrong") for label in links)
    assert ":orange[:material/radio_button_unchecked:] Write down a problem" in links
    installation.store().put(project, Problem(statement="Forms wait"), person="ana", id="p")
    links = {plain(one.proto.label) for one in tab.open("project/overview").get("page_link")}
    assert not any(label.startswith("A checklist of ") for label in links)
