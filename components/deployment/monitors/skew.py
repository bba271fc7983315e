"""Training and serving agree. Some served requests are run through the training code, and the features compared."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M06",
    title="Training and serving agree",
    stage="preprocess",
    watches="skew",
    says="Some served requests are run through the training code, and the features compared.",
    usual=0.001,
    sample=0.05,
    delay=1,
)
