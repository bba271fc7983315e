"""Hostile addresses, requests and texts at a server that runs: it answers in its own words, and no browser runs what somebody wrote."""

import http.client
import secrets
from urllib.parse import urlencode, urlsplit

import pytest

from components.data.condition import Clause, Condition
from components.data.rulebook.records import Rule
from components.project.comments import Comment
from components.project.data_sets import DataSet
from components.project.decisions import Decision
from components.project.meetings import ActionItem
from components.project.target import Target
from components.scoping.milestones import Milestone
from components.scoping.records import Problem, Solution
from components.ui.screens import screen
from tests.browsing import complaints, tab, visit
from tests.serving import bare_home, serve
from tests.wire import opened, spoken

READS = ("project", "version", "round", "idea", "lens", "about", "view", "present", "invite", "join", "token")
VALUES = (
    "../../../../etc/passwd",
    "<script>window.broken=1</script>",
    "'; DROP TABLE record; --",
    "%00",
    "a\0b",
    "\u202e\u2066",
    "{{7*7}}${7*7}",
    "javascript:alert(1)",
    "http://127.0.0.1:9/",
    "x" * 4000,
    "-1",
    "9" * 400,
    "[]",
    "null",
    "__class__",
    "read_csv('/etc/passwd')",
    "%s%n{0.__class__}",
    "=cmd()",
    "\n\r\nSet-Cookie: x=y",
    "",
)
READERS = ("scoping/assessment", "scoping/join", "data/checks", "data/judge", "data/round_result", "deployment/game_day", "project/help")
REQUESTS = (
    ("GET", "/../../../../etc/passwd"),
    ("GET", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd"),
    ("GET", "/static/../../../../../../etc/passwd"),
    ("GET", "/static/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd"),
    ("GET", "/static//etc/passwd"),
    ("GET", "/static/%5c..%5c..%5cetc%5cpasswd"),
    ("GET", "/app/static/../../app.py"),
    ("GET", "/app.py"),
    ("GET", "/.streamlit/config.toml"),
    ("GET", "/.groundwork/groundwork.db"),
    ("GET", "/media/../../../etc/passwd"),
    ("GET", "/media/" + "0" * 64 + ".csv"),
    ("GET", "/component/x/../../../etc/passwd"),
    ("GET", "/component/streamlit.components/..%2f..%2f"),
    ("GET", "/_stcore/host-config/../../etc/passwd"),
    ("GET", "//127.0.0.1:9/"),
    ("GET", "/\\127.0.0.1:9/"),
    ("GET", "/%00"),
    ("GET", "/%ff%fe"),
    ("GET", "/" + "a/" * 3000),
    ("GET", "/?" + "a=b&" * 3000),
    ("GET", "/live.js/../../../../etc/passwd"),
    ("GET", "/changes?project=../../etc/passwd&seen=NaN"),
    ("GET", "/changes?project=%00&seen=%00"),
    ("GET", "/changes?who=ana&session=x&mark=" + "0" * 32),
    ("GET", "/changes?who=%f0%9f%98%80&mark=%f0%9f%98%80"),
    ("GET", "/changes?project=x&round=%00"),
    ("GET", "/item?project=../..&version=../../etc/passwd&row=0"),
    ("GET", "/item?project=x&version=x&row=-1"),
    ("GET", "/item?project=x&version=x&row=" + "9" * 5000),
    ("GET", "/item?project=x&version=x&row=1e999"),
    ("GET", "/item?project=%00&version=%00&row=0"),
    ("GET", "/judging?project=%00&round=%00"),
    ("POST", "/judging"),
    ("POST", "/changes"),
    ("PUT", "/_stcore/upload_file/x/../../../../tmp/groundwork-canary"),
    ("DELETE", "/_stcore/upload_file/x/y"),
    ("TRACE", "/"),
    ("GET", "/healthz?x=../../etc/passwd"),
    ("GET", "/metrics/../../etc/passwd"),
    ("GET", "/oauth2callback?code=x&state=y"),
    ("GET", "/auth/login?provider=http://127.0.0.1:9"),
)
TEXTS = (
    "<script>window.broken = 1</script>",
    "<img src=x onerror='window.broken = 1'>",
    "<svg/onload=window.broken=1>",
    "<iframe srcdoc='<script>parent.broken=1</script>'></iframe>",
    "[x](javascript:window.broken=1)",
    "![x](http://127.0.0.1:9/x.png)",
    "<http://127.0.0.1:9/> http://127.0.0.1:9/",
    "$\\href{javascript:window.broken=1}{x}$ $$\\includegraphics{http://127.0.0.1:9/x}$$",
    ":material/error: :red[x] :streamlit: :badge[x]",
    "`</code><script>window.broken=1</script>`",
    "\u202egnp.exe\u2066 Z" + "\u0301" * 30,
    '=HYPERLINK("http://127.0.0.1:9/")',
    "{{7*7}} {% raw %} ${7*7}",
    "</textarea><script>window.broken = 1</script>",
    "\"'><script>window.broken = 1</script>",
    "| a | b |\n|---|---|\n<style>*{display:none}</style>",
)
LOOKED_AT = (
    "project/start",
    "project/overview",
    "scoping/problems_and_solutions",
    "scoping/assessment",
    "scoping/milestones",
    "data/rulebook",
    "project/decisions",
    "project/meeting",
    "project/people_and_files",
)
REFUSED = 500
pytestmark = pytest.mark.xdist_group("hostile server")  # one for all of them


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server with a project in which everybody wrote the worst they could."""
    with serve(bare_home(tmp_path_factory.mktemp("hostile") / "home")) as served:
        store = served.store()
        project = store.create_project(" ".join(TEXTS)[:190], "ana").id
        store.name_person("ana", TEXTS[1][:60])
        store.save(project, Target(value=0.98, why=TEXTS[0]), person="ana", id="target")
        for number, text in enumerate(TEXTS):
            problem = store.save(project, Problem(statement=text), person="ana").id
            store.save(project, Solution(problem=problem, title=text[:100], approach="build"), person="ana")
            store.save(project, Comment(about_kind="problem", about_id=problem, text=text), person="ana")
            store.save(project, Decision(title=text[:100]), person="ana")
            store.save(project, Milestone(title=text[:100]), person="ana")
            store.save(project, DataSet(name=text, note=text), person="ana")
            clause = Clause(column=text, operator="contains", value=text)
            store.save(
                project, Rule(name=text[:100], definition=text, label=text[:80], condition=Condition(clauses=(clause,))), person="ana"
            )
            store.save(project, ActionItem(what=" ".join(text.split())[:100], owner="ana"), person="ana", id=f"a{number}")
        yield served, project
        store.close()


@pytest.mark.parametrize("place", range(len(VALUES)))
def test_an_address_says_nothing_to_the_server_but_where_to_go(house, place):
    (served, project), value = house, VALUES[place]

    async def told():
        cookie, found = secrets.token_urlsafe(24), {}
        for path in (READERS[place % len(READERS)], READERS[(place * 3 + 1) % len(READERS)]):
            query = urlencode({**dict.fromkeys(READS, value), "project": project})
            found[path] = (await opened(served.url, cookie, screen(path).url_path, query, press=False)).heard
        found["project"] = (await opened(served.url, cookie, "overview", urlencode({"project": value}), press=False)).heard
        found["page"] = (await opened(served.url, cookie, value, urlencode({"project": project}), press=False)).heard
        return found

    for path, heard in spoken(told()).items():
        for word in (b"Traceback", b"did not foresee", b"root:x:"):
            assert word not in heard, (path, word)
    assert b"Traceback" not in served.log.read_bytes()


def test_no_request_leads_to_a_file_or_another_host_or_breaks_the_server(house):
    served, _ = house
    address = urlsplit(served.url)
    for method, path in REQUESTS:
        line = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        line.putrequest(method, path, skip_accept_encoding=True)
        line.putheader("Cookie", "groundwork_person=" + "'" * 32)
        line.putheader("Content-Length", "0")
        line.endheaders()
        answer = line.getresponse()
        body = answer.read()
        line.close()
        assert answer.status < REFUSED, (method, path)
        assert b"root:x:" not in body, (method, path)
        assert b"Traceback" not in body, (method, path)
        assert "127.0.0.1:9" not in str(answer.getheader("Location")), (method, path)
    assert b"Traceback" not in served.log.read_bytes()


def test_no_browser_runs_or_fetches_what_somebody_wrote(house, opened_browser):
    served, project = house
    asked, shown = [], []
    with tab(opened_browser) as page:
        said = complaints(page)
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (shown.append(dialog.message), dialog.dismiss()))
        for path in LOOKED_AT:
            where = "" if path == "project/start" else screen(path).url_path
            visit(page, f"{served.url}/{where}?project={project}&view=%3Cscript%3Ewindow.broken%3D1%3C%2Fscript%3E")
            assert page.evaluate("window.broken") is None, path
            assert page.locator("iframe[srcdoc], script:not([src]):not([type])").count() <= 1, path
            assert page.locator("[href^='javascript:']").count() == 0, path
            assert page.get_by_text("Something went wrong").count() == 0, path
    assert (said, shown) == ([], [])
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {urlsplit(served.url).netloc}
