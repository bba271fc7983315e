"""A real browser for tests and screenshots, and how to know that a screen is completely drawn."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OF_STREAMLIT = {
    "presentation-role-conflict": "stFileUploaderDropzone",
    "list": "stSidebarNavItems",
    "listitem": '<li class="st-emotion-cache',
}
SECONDS = 1000
WAIT = 30 * SECONDS

DRAWN = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (app.getAttribute('data-test-connection-state') !== 'CONNECTED') return false;
  if (document.querySelector('[data-testid=stSkeleton], [data-testid=stAppSkeleton], [data-testid=stSpinner]')) return false;
  const charts = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].filter(one => one.offsetParent !== null);
  return !!document.querySelector('h1') && charts.every(one => one.querySelector('canvas, svg'));
}"""
STILL = """() => new Promise(done => {
  let quiet = setTimeout(() => { watch.disconnect(); done(true) }, 350);
  const watch = new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(() => { watch.disconnect(); done(true) }, 350) });
  watch.observe(document.body, {subtree: true, childList: true, characterData: true});
})"""
WIDER = """() => [...document.querySelectorAll('.stMainBlockContainer *')].filter(one => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || (box.right <= innerWidth + 1 && box.left >= -1)) return false;
  for (let up = one.parentElement; up && up.dataset.testid !== 'stMain'; up = up.parentElement) {
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return false;
  }
  return true;
}).map(one => {
  const box = one.getBoundingClientRect();
  return [one.tagName, one.dataset.testid || one.className, Math.round(box.right), one.textContent.slice(0, 40)].join(' ');
})"""


def executable() -> str | None:
    """Return the browser that is installed on this machine; None lets Playwright take its own."""
    return os.environ.get("GROUNDWORK_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def person(opened: Browser, *, width: int = 1440, height: int = 900, dark: bool = False, offline: bool = False) -> Iterator[BrowserContext]:
    """Open a browser profile of its own: another person."""
    context: BrowserContext = opened.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        accept_downloads=True,
        locale="en-GB",
        offline=offline,
    )
    context.set_default_timeout(WAIT)
    try:
        yield context
    finally:
        context.close()


@contextmanager
def tab(opened: Browser, **how: Any) -> Iterator[Page]:
    """Open a tab of another person."""
    with person(opened, **how) as context:
        yield context.new_page()


def wait_drawn(page: Page) -> None:
    """Wait until the screen runs no script, shows no skeleton, has drawn its charts and stopped moving."""
    page.wait_for_function(DRAWN, timeout=WAIT)
    page.evaluate(STILL)
    page.wait_for_function(DRAWN, timeout=WAIT)


def visit(page: Page, address: str) -> None:
    """Open an address and wait until it is drawn."""
    page.goto(address)
    wait_drawn(page)


def complaints(page: Page) -> list[str]:
    """Return a list that grows with each error in the console, among them violations of the content security policy."""
    found: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        probing = "/_stcore/" in message.location.get("url", "")  # Streamlit looks for its server below each part of the address in turn
        if message.type == "error" and not probing:
            found.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def wider(page: Page) -> list[str]:
    """Return what reaches over the edge of the screen and can't be scrolled within something of its own."""
    found: list[str] = page.evaluate(WIDER)
    return found


def violations(page: Page) -> list[str]:
    """Return what axe finds that somebody can't see, read or reach; what is Streamlit's own is listed in docs/accessibility.md."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in OF_STREAMLIT.items())
    ]


def shoot(page: Page, target: Path, *, tallest: int = 4000) -> None:
    """Photograph a whole screen: the window grows to the height of what is in it."""
    width = page.viewport_size["width"] if page.viewport_size else 1440
    least = page.viewport_size["height"] if page.viewport_size else 900
    for _ in range(3):
        wanted = page.evaluate("(document.querySelector('[data-testid=stMain]') || document.body).scrollHeight")
        height = min(max(least, int(wanted)), tallest)
        if page.viewport_size and page.viewport_size["height"] == height:
            break
        page.set_viewport_size({"width": width, "height": height})
        wait_drawn(page)
    page.screenshot(path=target)


class Heard:
    """Everything that a tab receives, frames of its web socket and bodies of answers, joined."""

    def __init__(self, page: Page) -> None:
        self.bodies: list[bytes] = []
        self.answers: list[Response] = []
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("response", self._answer)

    def _frame(self, payload: str | bytes) -> None:
        self.bodies.append(payload if isinstance(payload, bytes) else payload.encode())

    def _answer(self, answer: Response) -> None:
        self.answers.append(answer)

    def everything(self) -> bytes:
        while self.answers:
            answer = self.answers.pop()
            if answer.status == 200 and answer.request.resource_type in {"document", "fetch", "xhr"}:
                self.bodies.append(answer.body())
        return b"\n".join(self.bodies)

    def text(self) -> str:
        return self.everything().decode("utf-8", "replace")
