"""The labels screen: bringing labels in, their agreement, annotators, consensus, adjudication, and planning more of them."""

from components.ui.labels.adjudicating import adjudication
from components.ui.labels.agreeing import agreement
from components.ui.labels.bringing import bring_labels, column_names, labels_refused, watch_labels
from components.ui.labels.deciding import consensus
from components.ui.labels.people import annotators
from components.ui.labels.planning import planner

__all__ = [
    "adjudication",
    "agreement",
    "annotators",
    "bring_labels",
    "column_names",
    "consensus",
    "labels_refused",
    "planner",
    "watch_labels",
]
