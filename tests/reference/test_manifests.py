"""Manifests against the schemas that their projects publish; unknown fields are no fields."""

import subprocess
from datetime import date
from functools import cache
from shutil import which

import jsonschema
import pytest
import yaml

from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.monitoring import prometheus_rules, rules_of
from components.deployment.monitoring_plan import start_from
from components.deployment.monitors import BY_CODE
from components.deployment.reading import read_plan
from components.deployment.records import Metric

FILES = ("argo-rollout-crd", "argo-analysis-template-crd", "flagger-crd", "kserve-inferenceservice-crd")
GATES = ({"kind": "e-process"}, {"kind": "threshold", "limit": 0.1, "strikes": 4}, {"kind": "z-test"})
PLANS = [
    {"strategy": strategy, "gate": gate, "windows_after": after, "label_delay": delay}
    for strategy in ("shadow", "canary", "blue-green")
    for gate in GATES
    for after, delay in ((0, 0), (10, 3))
]
SWITCH = {"migration": [{"share": 0.2, "windows": 3, "limit": 0.3}], "limit": 0.2, "blue_stays": 5, "restart": 2, "drain": 1}
PLANS += [{"strategy": "blue-green", "gate": gate, "switch": SWITCH, "windows_after": 5, "label_delay": 1} for gate in GATES]
PLANS += [{"strategy": "canary", "gate": gate, "judge_latency": True, "label_delay": 1} for gate in GATES]


def strict(schema):
    """The same schema, in which a field that isn't declared is an error, as it is lost in a cluster."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(value) for key, value in schema.items()}
    if (
        isinstance(made.get("properties"), dict)
        and "additionalProperties" not in made
        and not made.get("x-kubernetes-preserve-unknown-fields")
    ):
        made["additionalProperties"] = False
    return made


@cache
def published(folder):
    found = {}
    for name in FILES:
        for crd in yaml.load_all((folder / f"{name}.yaml").read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            for version in (crd or {"spec": {"versions": []}})["spec"]["versions"]:
                schema = strict(version["schema"]["openAPIV3Schema"])
                schema["properties"]["metadata"] = {"type": "object"}
                group = f"{crd['spec']['group']}/{version['name']}"
                found[group, crd["spec"]["names"]["kind"]] = schema
    return found


@pytest.fixture
def schemas(reference_data):
    return published(reference_data / "schemas")


@pytest.mark.parametrize("write", [argo_rollouts, flagger, kserve])
@pytest.mark.parametrize("keys", PLANS, ids=lambda keys: f"{keys['strategy']}-{keys['gate']['kind']}-{keys['label_delay']}")
def test_what_is_written_is_valid(schemas, write, keys):
    text, lost = write(read_plan(keys))
    bodies = list(yaml.safe_load_all(text))
    for body in bodies:
        jsonschema.Draft7Validator(schemas[body["apiVersion"], body["kind"]]).validate(body)
    assert bodies
    assert all(line.endswith((".", "”.")) and "\n" not in line for line in lost)


def test_a_field_that_is_not_there_is_noticed(schemas):
    body = next(iter(yaml.safe_load_all(argo_rollouts(read_plan({}))[0])))
    body["spec"]["strategy"]["canary"]["steps"][0]["setShare"] = 3
    with pytest.raises(jsonschema.ValidationError, match="setShare"):
        jsonschema.Draft7Validator(schemas["argoproj.io/v1alpha1", "Rollout"]).validate(body)


def check_rules(text, file):
    file.write_text(text, encoding="utf-8")
    ran = subprocess.run([which("promtool"), "check", "rules", file], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.skipif(which("promtool") is None, reason="Prometheus isn't installed")
@pytest.mark.parametrize("keys", [{}, {"monitors": ["M01", "M14"], "window_minutes": 5, "label_delay": 3}])
def test_prometheus_takes_the_rules(tmp_path, keys):
    check_rules(prometheus_rules(read_plan(keys)), tmp_path / "rules.yaml")


@pytest.mark.skipif(which("promtool") is None, reason="Prometheus isn't installed")
def test_prometheus_takes_a_monitoring_plan(tmp_path):
    plan = read_plan({})
    rows = [*start_from(plan, list(BY_CODE), {}, date(2026, 11, 25)).values()]
    rows += [
        Metric(metric="Läufe je Tag, “sehr” lang", unit="number", threshold=60, state="in place", window_minutes=1440, direction="below")
    ]
    text, lost = rules_of(rows, plan)
    assert len(lost) == 1
    check_rules(text, tmp_path / "rules.yaml")
