"""What the process that the fits are forked from imports once."""

import sklearn.dummy
import sklearn.ensemble
import sklearn.linear_model
import sklearn.metrics
import sklearn.pipeline

LOADED = (sklearn.dummy, sklearn.ensemble, sklearn.linear_model, sklearn.metrics, sklearn.pipeline)
