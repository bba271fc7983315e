"""Plans that can't be: one clear sentence in the shell and on the screen, nothing saved, and never a promotion."""

from importlib import import_module

import pytest
import yaml

from components.__main__ import main
from components.deployment.records import RolloutPlan, RolloutRun
from tests.pages.test_rollout import PAGE, number, press

IMPOSSIBLE = [
    ({"requests_per_window": 0}, "requests_per_window is 0"),
    ({"label_delay": 75}, "Every label comes after the ramp"),
    ({"steps": [{"share": 0, "windows": 30}]}, "With none of the traffic there is nothing to compare"),
    ({"steps": [{"share": 1, "windows": 30}]}, "With all of the traffic there is nothing to compare"),
    ({"steps": [{"share": 0.5, "windows": 5}, {"share": 0.1, "windows": 5}]}, "The ramp goes down"),
    ({"gate": {"alpha": 0}}, "gate.alpha is 0"),
    ({"capacity": 999}, "Capacity is below the load"),
    ({"failure_rate": 0}, "Where no decision is bad, failures tell nothing apart"),
    ({"failure_rate": 1}, "Where every decision is bad, failures tell nothing apart"),
    ({"traffic": 5}, "The plan has no key “traffic”"),
]


@pytest.mark.parametrize(("keys", "said"), IMPOSSIBLE, ids=lambda value: str(value)[:50])
def test_the_shell_says_it_in_one_line_and_promotes_nothing(tmp_path, monkeypatch, capsys, keys, said):
    plan = tmp_path / "plan.yaml"
    plan.write_text(yaml.safe_dump(keys))
    for command in (("simulate", str(plan), "--json", "--expect", "promoted"), ("manifests", str(plan), "--target", "argo")):
        monkeypatch.setattr("sys.argv", ["components", *command])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert (ended.value.code, out, err.count("\n")) == (2, "", 1)
        assert said in err


def test_the_screen_says_it_however_it_was_typed_keeps_the_controls_and_saves_nothing(tab, installation, monkeypatch):
    controls = import_module("components.ui.rollout.controls")  # the package hands out a function of this name
    read = controls.read_plan
    app = tab.open(PAGE)
    number(tab, "rate").set_value(4.0).run()
    for keys, said in IMPOSSIBLE:
        monkeypatch.setattr(controls, "read_plan", lambda typed, keys=keys: read({**typed, **keys}))
        app.run()
        tab.whole()
        assert tab.answer == "This plan can't be rehearsed."
        assert said in tab.text
        assert "Nothing was saved." in tab.text
        assert "promoted" not in tab.text.lower()
        assert not [button for button in app.button if button.label == "Save this plan"]
        assert number(tab, "rate").value == 4.0
    for kind in (RolloutPlan, RolloutRun):
        assert installation.store().all(tab.project_id, kind) == []
    monkeypatch.setattr(controls, "read_plan", read)
    app.run()
    tab.whole()
    assert tab.answer.startswith("If the model is twice as bad")
    assert "failure rate 4.0 %" in tab.text
    press(app, "Save this plan")
    assert installation.store().all(tab.project_id, RolloutRun)


def test_what_no_plan_can_hold_can_not_be_typed_in_its_field(tab):
    tab.open(PAGE)
    assert number(tab, "requests").min == 1
    assert number(tab, "alpha").min > 0
    assert 0 < number(tab, "rate").min < number(tab, "rate").max < 100
    number(tab, "label_delay").set_value(75).run()
    assert tab.answer == "This plan can't be rehearsed."
    assert "Every label comes after the ramp" in tab.text
