"""A Streamlit session without a browser: asks for reruns over the websocket and waits until the script has finished."""

import time
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

MOST_BYTES = 64 * 1024 * 1024
PATIENCE = 60


class Session:
    """One open tab, as the server sees it."""

    def __init__(self, socket, page, query):
        self.socket, self.page, self.query = socket, page, query
        self.numbers, self.exceptions = {}, []

    async def rerun(self):
        """Run the script again, and return the seconds until it has finished."""
        return await self._send(self._message())

    async def change(self, label, value):
        """Put a number into the field of this label, and return the seconds until what it runs has finished."""
        id_, fragment = self.numbers[label]
        message = self._message()
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.add(id=id_, double_value=value)
        return await self._send(message)

    def _message(self):
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        return message

    async def _send(self, message):
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await self.socket.recv())
            element = answer.delta.new_element
            if answer.WhichOneof("type") == "delta" and element.WhichOneof("type") == "number_input":
                self.numbers[element.number_input.label] = (element.number_input.id, answer.delta.fragment_id)
            if answer.WhichOneof("type") == "delta" and element.WhichOneof("type") == "exception":
                self.exceptions.append(element.exception.message)
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - started


class Tab:
    """An async context that opens a session on a server, as whoever the cookie names."""

    def __init__(self, url, page="", query="", cookie=""):
        address = urlsplit(url)
        self.opening = connect(
            f"ws://{address.netloc}/_stcore/stream",
            origin=url,
            subprotocols=["streamlit"],
            max_size=MOST_BYTES,
            open_timeout=PATIENCE,
            additional_headers={"Cookie": cookie} if cookie else {},
        )
        self.page, self.query = page, query

    async def __aenter__(self):
        return Session(await self.opening.__aenter__(), self.page, self.query)

    async def __aexit__(self, *failure):
        await self.opening.__aexit__(*failure)
