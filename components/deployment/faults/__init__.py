"""The faults that can be injected, each a file of its own and listed here; codes are never reused."""

from components.deployment.faults import (
    bad_encoding,
    bad_slice,
    broken_monitor,
    column_order,
    column_type,
    concept_drift,
    duplicated,
    feed_outage,
    feedback_loop,
    input_shape,
    label_outage,
    load_spike,
    missing_values,
    resized_otherwise,
    retry_storm,
    seasonal_drift,
    server_errors,
    shuffled,
    slow_answers,
    stale_features,
    sudden_drift,
    truncated,
    unit_changed,
    wrong_scaler,
)
from components.deployment.faults.declaration import Fault

FAULTS: tuple[Fault, ...] = (
    input_shape.FAULT,
    column_order.FAULT,
    column_type.FAULT,
    unit_changed.FAULT,
    wrong_scaler.FAULT,
    resized_otherwise.FAULT,
    missing_values.FAULT,
    truncated.FAULT,
    shuffled.FAULT,
    duplicated.FAULT,
    bad_encoding.FAULT,
    sudden_drift.FAULT,
    concept_drift.FAULT,
    seasonal_drift.FAULT,
    slow_answers.FAULT,
    server_errors.FAULT,
    retry_storm.FAULT,
    load_spike.FAULT,
    feed_outage.FAULT,
    stale_features.FAULT,
    label_outage.FAULT,
    feedback_loop.FAULT,
    broken_monitor.FAULT,
    bad_slice.FAULT,
)
BY_CODE = {fault.code: fault for fault in FAULTS}

__all__ = ["BY_CODE", "FAULTS", "Fault"]
