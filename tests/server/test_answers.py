"""What the server answers, started either way: the first page, headers, the cookie, its health."""

import base64
import hashlib
import re
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest

from components.server.middleware import COOKIE, ID, person_id
from components.ui.screens import SCREENS
from tests.serving import PYTHON, STREAMLIT, bare_home, serve

PAGE = {"Accept": "text/html"}
ASKED = {
    "script-src": "'self' 'sha256-",
    "connect-src": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}


@pytest.fixture(scope="module", params=[PYTHON, STREAMLIT], ids=["python app.py", "streamlit run app.py"])
def started(request, tmp_path_factory):
    """A server on a fresh home, started in both ways."""
    with serve(bare_home(tmp_path_factory.mktemp("started") / "home"), way=request.param) as one:
        yield one


class Forwarder:
    """Carries bytes to a port until it is cut."""

    def __init__(self, target):
        self.target, self.wires = target, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cut()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            self.wires += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    @staticmethod
    def carry(source, sink):
        try:
            while content := source.recv(65536):
                sink.sendall(content)
        except OSError:
            return

    def cut(self):
        for wire in [self.listener, *self.wires]:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
            wire.close()


def policy(answer):
    return dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))


def test_it_is_up_and_says_so(started):
    answer = httpx.get(f"{started.url}/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == answer.json()["database"] == "ok"


@pytest.mark.parametrize("path", ["/", "/healthz", "/checks", "/static/nothing.js", "/_stcore/health", "/no/such/page"])
def test_every_answer_carries_the_headers(started, path):
    answer = httpx.get(started.url + path, headers=PAGE)
    found = policy(answer)
    assert {name: found[name].startswith(value) for name, value in ASKED.items()} == dict.fromkeys(ASKED, True)
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in found["script-src"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_every_inline_script_of_the_page_is_allowed_by_its_hash(started):
    answer = httpx.get(started.url, headers=PAGE)
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert hashes
    assert policy(answer)["script-src"] == " ".join(["'self'", *(f"'sha256-{one}'" for one in hashes)])


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_every_screen_is_an_address_of_a_cold_server(started, screen):
    answer = httpx.get(f"{started.url}/{screen.url_path}?project=abc", headers=PAGE)
    assert answer.status_code == 200
    assert 'id="root"' in answer.text


def test_a_browser_gets_an_id_once_that_no_script_can_read(started):
    with httpx.Client(headers=PAGE) as browser:
        first = browser.get(f"{started.url}/overview?project=abc")
        set_cookie = next(value for value in first.headers.get_list("set-cookie") if value.startswith(COOKIE))
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in set_cookie.split(";")}
        assert "Secure" not in set_cookie
        assert ID.fullmatch(browser.cookies[COOKIE])
        assert COOKIE not in str(browser.get(started.url).headers.get_list("set-cookie"))


def test_two_browsers_get_two_ids(started):
    ids = {httpx.get(started.url, headers=PAGE).cookies[COOKIE] for _ in range(5)}
    assert len(ids) == 5


def test_parts_of_a_page_set_no_id(started):
    assert COOKIE not in httpx.get(f"{started.url}/healthz").cookies
    assert COOKIE not in httpx.get(f"{started.url}/favicon.png", headers={"Accept": "image/*"}).cookies


@pytest.mark.parametrize("forged", ["short", "x" * 33, "<script>alert(1)</script>______", "' OR 1=1 --"])
def test_an_id_that_we_never_gave_is_replaced(started, forged):
    answer = httpx.get(started.url, headers={**PAGE, "Cookie": f'{COOKIE}="{forged}"'})
    assert ID.fullmatch(answer.cookies[COOKIE])


def test_the_cookie_is_only_sent_back_over_https_where_the_page_came_over_https(started):
    answer = httpx.get(started.url, headers={**PAGE, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    assert "; Secure" in next(value for value in answer.headers.get_list("set-cookie") if value.startswith(COOKIE))


def test_what_is_saved_of_a_person_does_not_give_the_cookie_away():
    secret = "s" * 32
    assert person_id(secret) == person_id(secret) != person_id("t" * 32)
    assert secret not in person_id(secret)


def test_no_file_of_the_repository_is_served(started):
    for path in ("/app/static/app.py", "/static/../app.py", "/pages/frame.py", "/.streamlit/config.toml", "/.groundwork/groundwork.db"):
        assert "streamlit" not in httpx.get(started.url + path).text.split("<head>")[0].replace("Streamlit Inc", "")


def test_health_says_503_when_the_database_was_taken_away(tmp_path):
    with serve(bare_home(tmp_path / "home")) as served:
        (served.home / "groundwork.db").rename(served.home / "elsewhere.db")
        answer = httpx.get(f"{served.url}/healthz", timeout=30)
        assert answer.status_code == 503
        assert answer.json() == {"status": "unavailable", "database": "The database's file is gone, so nothing can be saved."}
        (served.home / "elsewhere.db").rename(served.home / "groundwork.db")
        assert httpx.get(f"{served.url}/healthz", timeout=30).status_code == 200


def test_health_says_503_while_postgresql_does_not_answer(tmp_path, postgres_url):
    parts = urlsplit(postgres_url)
    with Forwarder(parts.port) as forwarder:
        url = urlunsplit(parts._replace(netloc=f"postgres@127.0.0.1:{forwarder.port}"))
        with serve(bare_home(tmp_path / "home"), GROUNDWORK_DATABASE_URL=url) as served:
            assert httpx.get(f"{served.url}/healthz", timeout=30).status_code == 200
            forwarder.cut()
            answer = httpx.get(f"{served.url}/healthz", timeout=30)
            assert answer.status_code == 503
            assert answer.json()["status"] == "unavailable"
            assert "postgres" not in answer.text
