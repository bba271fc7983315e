"""Roles hold for whoever speaks to the server without a screen: every widget of every screen pressed over the websocket itself."""

import asyncio
import secrets
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from components.project.target import Target
from components.scoping.records import Problem
from components.server.middleware import COOKIE, person_id
from components.ui.screens import SCREENS
from tests.serving import bare_home, example_id, serve

SECRET = "Nobody outside may read this sentence"
PRESSED = ("button", "download_button")
SHOWN = [screen for screen in SCREENS if screen.needs_project]
PATIENCE = 60


class Wire:
    """A websocket to the server, as whoever the cookie names; hears everything, and knows every widget it was shown."""

    def __init__(self, socket, page, query):
        self.socket, self.page, self.query = socket, page, query
        self.widgets, self.heard = {}, b""

    async def run(self, pressed=(), typed=()):
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        for id_ in pressed:
            message.rerun_script.widget_states.widgets.add(id=id_, trigger_value=True)
        for id_ in typed:
            message.rerun_script.widget_states.widgets.add(id=id_, string_value="changed by a viewer")
        await self.socket.send(message.SerializeToString())
        while True:
            said = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            self.heard += said
            answer = ForwardMsg.FromString(said)
            if answer.WhichOneof("type") == "script_finished":
                return
            element = answer.delta.new_element
            kind = element.WhichOneof("type")
            if kind in {*PRESSED, "text_input", "text_area"}:
                self.widgets[getattr(element, kind).id] = kind


async def opened(url, cookie, page, query, *, press):
    address = urlsplit(url)
    async with connect(
        f"ws://{address.netloc}/_stcore/stream",
        origin=url,
        subprotocols=["streamlit"],
        max_size=64 * 1024 * 1024,
        open_timeout=PATIENCE,
        additional_headers={"Cookie": f"{COOKIE}={cookie}"},
    ) as socket:
        wire = Wire(socket, page, query)
        await wire.run()
        if press:
            buttons = [id_ for id_, kind in wire.widgets.items() if kind in PRESSED]
            await wire.run(buttons, [id_ for id_, kind in wire.widgets.items() if kind not in PRESSED])
        return wire


@pytest.fixture
def viewer(served):
    """The cookie of somebody who may only look at the example, and a store to ask what they did."""
    store, cookie = served.store(), secrets.token_urlsafe(24)
    example = example_id(store)
    store.set_role(example, person_id(cookie), "viewer", by="groundwork")
    yield cookie, example, store
    store.set_role(example, person_id(cookie), None, by="groundwork")
    store.close()


def test_a_viewer_who_presses_everything_on_every_screen_changes_nothing(served, viewer):
    cookie, example, store = viewer
    me = person_id(cookie)
    before = {one.id for one in store.projects()}, store.project(example).name, store.members(example)
    pressed = 0
    for screen in SHOWN:
        wire = asyncio.run(opened(served.url, cookie, screen.url_path, f"project={example}", press=True))
        assert b"Traceback" not in wire.heard, screen.path
        pressed += len(wire.widgets)
    assert pressed > 100
    assert [one for one in store.history(example, most=None) if one.person == me] == []
    assert [one for one in store.jobs(example) if one.submitted_by == me] == []
    assert (store.project(example).name, store.members(example)) == before[1:]
    assert before[0] <= {one.id for one in store.projects()}


def test_an_outsider_hears_nothing_of_a_project_on_any_screen(tmp_path):
    with serve(bare_home(tmp_path / "home")) as served:
        store, cookie = served.store(), secrets.token_urlsafe(24)
        project = store.create_project(SECRET, "ana", everyone="").id
        store.save(project, Problem(statement=SECRET), person="ana", id="first")
        store.save(project, Target(value=0.98), person="ana", id="target")
        for screen in SCREENS:
            wire = asyncio.run(opened(served.url, cookie, screen.url_path, f"project={project}", press=True))
            assert SECRET.encode() not in wire.heard, screen.path
        assert {one.person for one in store.history(project)} == {"ana"}
        inside = secrets.token_urlsafe(24)
        store.set_role(project, person_id(inside), "viewer", by="ana")
        wire = asyncio.run(opened(served.url, inside, "problems-and-solutions", f"project={project}", press=False))
        assert SECRET.encode() in wire.heard
        store.close()
