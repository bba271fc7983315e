"""Against irrCAC and crowd-kit, which need other versions of our libraries.

`GROUNDWORK_PEERS` names a folder with an environment for each group of peers; `labels` has irrCAC and crowd-kit (which asks for
a library of neural networks that these functions don't use: install it without what it depends on, beside nltk, attrs, tqdm and
scikit-learn). Without it these are skipped.
"""

import json
import os
import subprocess
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.data.consensus import dawid_skene, fitted
from components.data.weighted import weighted
from components.stats.label_counts import label_counts

PEERS = Path(os.environ.get("GROUNDWORK_PEERS", "/nowhere")) / "labels" / "bin" / "python"
KINDS = ["identity", "linear", "quadratic", "ordinal", "radical", "ratio"]
DESIGNS, JUDGEMENTS, ITERATIONS, TIMES_FASTER = 500, 1_000_000, 20, 25
pytestmark = pytest.mark.skipif(not PEERS.exists(), reason="there is no environment of labels in GROUNDWORK_PEERS")


def peers(*words):
    said = subprocess.run([PEERS, Path(__file__).with_name("peers.py"), *map(str, words)], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def design(rng):
    """Items × annotators with a quarter of the labels missing."""
    items, annotators, labels = rng.integers(4, 40), rng.integers(2, 7), rng.integers(2, 6)
    truth = rng.integers(1, labels + 1, (items, 1))
    noise = rng.random((items, annotators)) < rng.uniform(0.1, 0.7)
    matrix = np.where(noise, rng.integers(1, labels + 1, (items, annotators)), truth).astype(float)
    matrix[rng.random(matrix.shape) < 0.25] = np.nan
    kept = matrix[~np.isnan(matrix).all(axis=1)][:, ~np.isnan(matrix).all(axis=0)]
    pairable = kept[(~np.isnan(kept)).sum(axis=1) >= 2]
    return kept if kept.shape[1] > 1 and len(np.unique(pairable[~np.isnan(pairable)])) > 1 else None


def test_500_designs_with_missing_labels_against_irrcac(tmp_path):
    rng = np.random.default_rng(3)
    cases = []
    while len(cases) < DESIGNS:
        matrix = design(rng)
        if matrix is not None:
            rows = [[None if np.isnan(cell) else cell for cell in row] for row in matrix]
            cases.append({"matrix": rows, "weights": KINDS[len(cases) % len(KINDS)]})
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(cases))
    compared = 0
    for case, theirs in zip(cases, peers("irrcac", path), strict=True):
        table = [(i, a, cell) for i, row in enumerate(case["matrix"]) for a, cell in enumerate(row) if cell is not None]
        coded = label_counts(pd.DataFrame(table, columns=["item", "annotator", "label"]), numeric=True)
        ours = weighted(coded, case["weights"], coded.labels.astype(float))
        for name, value in theirs.items():
            if value is None:
                continue
            compared += 1
            assert getattr(ours, name).value == pytest.approx(value, abs=1e-6), (name, case)
    assert compared > 0.98 * 5 * DESIGNS


def test_dawid_skene_against_crowd_kit(tmp_path, capsys):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, JUDGEMENTS // 5)
    item, annotator = np.repeat(np.arange(len(truth)), 5), rng.integers(0, 1000, JUDGEMENTS)
    skill = rng.uniform(0.4, 0.95, 1000)
    label = np.where(rng.random(JUDGEMENTS) < skill[annotator], truth[item], rng.integers(0, 5, JUDGEMENTS))
    table = pd.DataFrame({"item": item, "annotator": annotator, "label": label}).drop_duplicates(["item", "annotator"])
    path = tmp_path / "labels.csv"
    table.to_csv(path, index=False)
    theirs = peers("crowdkit", path, ITERATIONS)
    spent = []
    for _ in range(3):
        start = time.process_time()
        fitted(label_counts(table), ITERATIONS, 0.0)
        spent.append(time.process_time() - start)
    ours = dawid_skene(table, ITERATIONS)
    same = (ours["label"] == ours["item"].map(theirs["labels"])).mean()
    seconds = sorted(spent)[1]
    with capsys.disabled():
        told = f"crowd-kit {theirs['seconds']:.1f} s, ours {seconds:.2f} s, {theirs['seconds'] / seconds:.0f} × faster, {same:.2%} same"
        print(f"\n{len(table):,} labels, {ITERATIONS} iterations: {told}")
    assert same > 0.995
    assert theirs["seconds"] / seconds >= TIMES_FASTER
