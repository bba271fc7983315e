"""Every fault with every gate and every strategy against the plain simulation, request by request: some minutes; see docs/rollouts.md."""

from components.deployment.faults import FAULTS
from tests.deployment.test_against_plain import PAIRS, PLAIN, differing, faulty, p_values


def test_every_fault_with_every_gate_and_every_strategy(capsys):
    found = p_values({**faulty(fault), **pair} for fault in FAULTS for pair in PAIRS)
    with capsys.disabled():
        print(
            f"\n{len(FAULTS) * len(PAIRS)} plans, {PLAIN} plain runs each: {len(found)} comparisons, smallest p {min(found.values()):.2g}"
        )
    assert len(found) == 5 * len(FAULTS) * len(PAIRS)
    assert not differing(found)
