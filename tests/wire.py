"""Speaks to a server over its websocket, as no screen would: any address, any widget, pressed or typed into."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from components.server.middleware import COOKIE

PRESSED = ("button", "download_button")
PATIENCE = 60


class Wire:
    """A websocket to the server, as whoever the cookie names; hears everything, and knows every widget it was shown."""

    def __init__(self, socket, page, query):
        self.socket, self.page, self.query = socket, page, query
        self.widgets, self.heard = {}, b""

    async def press(self, key):
        """Press the button of this key, and hear all that comes of it."""
        await self.run([next(id_ for id_, kind in self.widgets.items() if kind in PRESSED and id_.endswith(f"-{key}"))])

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


@asynccontextmanager
async def speaking(url, cookie, page, query):
    """Open a screen over a websocket of its own, and speak on until the block ends."""
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
        yield wire


async def opened(url, cookie, page, query, *, press):
    async with speaking(url, cookie, page, query) as wire:
        if press:
            buttons = [id_ for id_, kind in wire.widgets.items() if kind in PRESSED]
            await wire.run(buttons, [id_ for id_, kind in wire.widgets.items() if kind not in PRESSED])
        return wire


def spoken(talk):
    """Run a talk with a server to its end, in a thread of its own: a browser that another test opened has taken this one's event loop."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, talk).result()
