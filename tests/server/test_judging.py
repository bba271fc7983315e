"""What a browser asks for and sends while somebody judges: only their own, once, and nothing that isn't a judgement."""

import io

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.data.archives import read_archive
from components.data.rulebook.records import Rule
from components.data.rulebook.rounds import Asked, begin
from components.data.rulebook.versions import rulebook
from components.data.work import save_version
from components.demo import digits
from components.jobs.work import Work
from components.project.data_sets import DataVersion
from components.server import judging, resources
from components.server.middleware import COOKIE, person_id

ANA, BEN = "a" * 32, "b" * 32


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The resources of an installation of its own."""
    monkeypatch.setenv("GROUNDWORK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GROUNDWORK_DATABASE_URL", raising=False)
    resources.close()
    yield resources
    resources.close()


@pytest.fixture
def begun(home):
    """A round on ten images that Ana and Ben have joined."""
    store, files = home.store(), home.files()
    project = store.create_project("Reading digits", "ana").id
    work = Work(store, files, home.settings(), project, {}, "ana")
    frame, archive = read_archive("digits.zip", digits.as_zip())
    save_version(work, frame, archive, name="digits.zip", roles={"id_column": "path", "target": "label"}, ids=("d", "d1"))
    store.save(project, Rule(name="Cut", definition="A stroke is missing", label="cut"), person="ana", id="cut")
    asked = Asked("Is it cut?", tuple(rulebook(store, project)), ("good",), "random", 10, 0)
    begin(store, files, project, store.get(project, DataVersion, "d1"), asked, "ana", "r")
    for secret, name in ((ANA, "Ana"), (BEN, "Ben")):
        store.join(project, "r", person_id(secret), name)
    return project


def browser(secret):
    return TestClient(Starlette(routes=judging.ROUTES), cookies={COOKIE: secret})


def say(client, project, card, label, **more):
    return client.post("/judging", json={"project": project, "round": "r", "card": card, "label": label, **more})


def mine(client, project):
    return client.get("/judging", params={"project": project, "round": "r"}).json()["mine"]


def test_a_judgement_is_kept_once_however_often_it_is_sent_and_seen_by_nobody_else(home, begun):
    ana, ben = browser(ANA), browser(BEN)
    for _ in range(3):
        assert say(ana, begun, "3", 2, note="seen twice", seconds=1.25).json() == {"kept": True}
    assert mine(ana, begun) == {"3": {"label": 2.0, "note": "seen twice"}}
    assert mine(ben, begun) == {}
    assert "seen twice" not in ben.get("/judging", params={"project": begun, "round": "r"}).text
    [vote] = home.store().votes(begun, "r", person_id(ANA))
    assert (vote.answers["label"], vote.answers["seconds"]) == (2.0, 1.25)


def test_what_comes_through_late_from_another_tab_does_not_replace_what_is_newer(begun):
    ana = browser(ANA)
    say(ana, begun, "3", 2, at=2000)
    say(ana, begun, "3", 1, at=1000)
    assert mine(ana, begun)["3"]["label"] == 2
    say(ana, begun, "3", 1, at=3000)
    assert mine(ana, begun)["3"]["label"] == 1


def test_a_second_answer_replaces_the_first_and_none_takes_it_back(begun):
    ana = browser(ANA)
    say(ana, begun, "3", 2)
    say(ana, begun, "3", 0)
    assert mine(ana, begun)["3"]["label"] == 0
    say(ana, begun, "3", None)
    assert mine(ana, begun) == {}


@pytest.mark.parametrize(
    "body",
    [
        '{"at": NaN}',
        '{"label": Infinity}',
        "[]",
        "3",
        "null",
        "[" * 15_000,
        '{"label": ' + "9" * 9000 + "}",
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
)
def test_what_is_no_message_at_all_is_refused_in_a_sentence(begun, body):
    answer = browser(ANA).post("/judging", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["what"]) == (400, "This is no judgement.")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"card": "99", "label": 1}, 409),
        ({"card": "1", "label": 7}, 409),
        ({"card": "1", "label": "cut"}, 409),
        ({"card": "1", "label": [1]}, 400),
        ({"card": "1"}, 400),
        ({"card": "1", "label": 1, "seconds": "long"}, 400),
        ({"round": "gone", "card": "1", "label": 1}, 409),
        ({"project": "gone", "card": "1", "label": 1}, 409),
        ({"card": "1" * 500, "label": 1}, 409),
        ({"card": "1", "label": 1, "note": "x" * 20_000}, 413),
    ],
)
def test_what_is_no_judgement_is_refused_in_a_sentence(begun, said, status):
    ana = browser(ANA)
    answer = ana.post("/judging", json={"project": begun, "round": "r", **said})
    assert answer.status_code == status
    assert answer.json()["what"].endswith(".")
    assert mine(ana, begun) == {}


def test_what_is_no_json_is_refused(begun):
    ana = browser(ANA)
    assert ana.post("/judging", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert ana.post("/judging", content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert ana.post("/judging", content=b"[]", headers={"Content-Type": "application/json"}).status_code == 400


def test_who_has_not_joined_neither_sees_items_nor_judges(begun):
    for stranger in (browser("c" * 32), browser("no id")):
        assert stranger.get("/judging", params={"project": begun, "round": "r"}).status_code == 409
        assert say(stranger, begun, "1", 1).status_code == 409


def test_after_the_reveal_nothing_is_kept(home, begun):
    ana = browser(ANA)
    say(ana, begun, "1", 1)
    home.store().reveal(begun, "r", "ana")
    answer = say(ana, begun, "1", 2)
    assert answer.status_code == 409
    assert "revealed in the meantime" in answer.json()["what"]
    assert mine(ana, begun)["1"]["label"] == 1


def test_being_done_is_said(home, begun):
    assert browser(ANA).post("/judging", json={"project": begun, "round": "r", "done": True}).json() == {"kept": True}
    assert [one.done for one in home.store().ballots(begun, "r")] == [True, False]


def test_an_item_is_served_as_itself_enlarged_where_it_is_tiny(begun):
    answer = browser(ANA).get("/item", params={"project": begun, "version": "d1", "row": 5})
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    assert Image.open(io.BytesIO(answer.content)).size == (512, 512)


@pytest.mark.parametrize("asked", [{"row": 99_999}, {"row": -1}, {"row": "x"}, {"version": "gone"}, {"project": "gone"}, {"row": ""}])
def test_what_is_no_item_is_not_found(begun, asked):
    answer = browser(ANA).get("/item", params={"project": begun, "version": "d1", "row": 5, **asked})
    assert answer.status_code == 404
