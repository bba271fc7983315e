"""What each line of the checklist does against faults: which it notices, which it prevents."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Effect:
    """What a line does once it is met.

    Attributes
    ----------
    monitors : tuple of str
        Codes of the monitors that it puts in place.
    prevents : mapping of str to float
        Chance that a fault never reaches serving, by the code of the fault. These are assumptions, and said to be.
    ramp : bool
        A new version gets its traffic step by step, and the gate looks.
    rollback : bool
        Going back takes no time; without the line it takes `ROLLBACK` windows.
    """

    monitors: tuple[str, ...] = ()
    prevents: Mapping[str, float] = field(default_factory=dict)
    ramp: bool = False
    rollback: bool = False

    @property
    def any(self) -> bool:
        """Whether the line does anything against a fault of the catalogue."""
        return bool(self.monitors or self.prevents or self.ramp or self.rollback)


ROLLBACK = 10
"""Windows until a version is back that nobody has rehearsed going back to."""
BY_HAND = 5
"""Windows by which somebody who looks by hand is later than a machine; half as much is prevented, too."""
NOTHING = Effect()
EFFECTS: Mapping[str, Effect] = {
    "C01": Effect(prevents={"F01": 0.3, "F03": 0.5, "F07": 0.2}),
    "C03": Effect(prevents={"F15": 0.3}),
    "C07": Effect(prevents={"F02": 0.5, "F05": 0.5, "F06": 0.5, "F09": 0.5, "F11": 0.5}),
    "C08": Effect(prevents={"F16": 0.3}),
    "C11": Effect(prevents={"F13": 0.3, "F20": 0.3}),
    "C13": Effect(prevents={"F24": 0.5}),
    "C14": Effect(prevents={"F24": 0.3}),
    "C16": Effect(prevents={"F16": 0.2}),
    "C17": Effect(prevents={"F01": 0.5, "F02": 0.3, "F08": 0.3, "F09": 0.3}),
    "C18": Effect(prevents={"F02": 0.3, "F05": 0.5, "F06": 0.3, "F24": 0.3}),
    "C20": Effect(ramp=True),
    "C21": Effect(rollback=True),
    "C22": Effect(prevents={"F03": 0.3, "F04": 0.5, "F19": 0.1}),
    "C23": Effect(monitors=("M01", "M02", "M03")),
    "C24": Effect(monitors=("M06",)),
    "C25": Effect(monitors=("M12",)),
    "C26": Effect(monitors=("M08",)),
    "C27": Effect(monitors=("M09", "M10")),
    "C28": Effect(monitors=("M07", "M14")),
    "C29": Effect(monitors=("M11",)),
    "C30": Effect(prevents={"F16": 0.2, "F17": 0.5, "F19": 0.5}),
    "C31": Effect(monitors=("M15",)),
    "C32": Effect(monitors=("M04", "M05", "M16")),
    "C33": Effect(monitors=("M13",)),
    "C34": Effect(prevents={"F12": 0.2, "F13": 0.3, "F14": 0.5, "F22": 0.3}),
}
