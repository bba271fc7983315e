"""Peers that need a Python of their own: run by `test_agreement_peers.py` with an interpreter that has irrCAC and crowd-kit.

`python peers.py irrcac CASES.json` prints, per case, the coefficients of irrCAC; `python peers.py crowdkit LABELS.csv N` the
seconds and the labels of N iterations of crowd-kit's Dawid-Skene.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

NAMES = {"bp": "brennan_prediger", "conger": "conger", "fleiss": "fleiss", "gwet": "ac2", "krippendorff": "alpha"}


def irrcac(path):
    """Every coefficient of every case: a matrix of items × annotators, with null where a label is missing."""
    from irrCAC.raw import CAC

    found = []
    for case in json.loads(Path(path).read_text()):
        matrix = pd.DataFrame(case["matrix"], dtype=float)
        analysis = CAC(matrix, weights=case["weights"], digits=12)
        found.append({ours: coefficient(analysis, theirs) for theirs, ours in NAMES.items()})
    return found


def coefficient(analysis, name):
    """One coefficient; None where the package divides by zero."""
    try:
        value = float(getattr(analysis, name)()["est"]["coefficient_value"])
    except ZeroDivisionError:
        return None
    return value if np.isfinite(value) else None


def crowdkit(path, iterations):
    """Seconds of processor of so many iterations, and the label of each task."""
    from crowdkit.aggregation import DawidSkene

    table = pd.read_csv(path).rename(columns={"item": "task", "annotator": "worker"})[["task", "worker", "label"]]
    start = time.process_time()
    labels = DawidSkene(n_iter=int(iterations), tol=0).fit_predict(table)
    return {"seconds": time.process_time() - start, "labels": {str(task): str(label) for task, label in labels.items()}}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    sys.stdout.write(json.dumps(irrcac(sys.argv[2]) if sys.argv[1] == "irrcac" else crowdkit(*sys.argv[2:4])))
