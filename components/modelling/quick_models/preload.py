"""What the process that the fits are forked from imports once, so that no fit waits for it."""

import pandas as pd
import sklearn.dummy
import sklearn.ensemble
import sklearn.linear_model
import sklearn.metrics
import sklearn.neighbors

import components.jobs.work
from components.modelling.quick_models import pipeline, task

LOADED = (
    pd,
    sklearn.dummy,
    sklearn.ensemble,
    sklearn.linear_model,
    sklearn.metrics,
    sklearn.neighbors,
    components.jobs.work,
    pipeline,
    task,
)
