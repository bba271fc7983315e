"""Everything on a screen is reached by keyboard alone, and shows that it is."""

import pytest

from tests.browsing import visit

CONTROLS = "button, a[href], input, textarea, select, summary, [role=slider], [tabindex='0']"
NUMBER = f"""() => {{
  let number = 0;
  for (const one of document.querySelectorAll("{CONTROLS}")) {{
    const box = one.getBoundingClientRect();
    const shown = box.width && box.height && getComputedStyle(one).visibility !== 'hidden';
    if (shown && !one.disabled && !one.closest('[inert]') && one.tabIndex >= 0) one.dataset.number = number++;
  }}
  return number;
}}"""
LOOKS = """one => [one, one.parentElement, one.closest('[data-testid]'), one.closest('label')].map(part => {
  if (!part) return '';
  const style = getComputedStyle(part);
  return [style.outlineStyle !== 'none' && style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor].join(' ');
}).join('; ')"""
FOCUSED = f"""() => {{
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const name = [one.tagName, one.getAttribute('aria-label') || one.textContent.slice(0, 40), one.dataset.testid].join(' ');
  return {{number: one.dataset.number ?? '', name, looks: ({LOOKS})(one)}};
}}"""
AT_REST = f"""number => {{
  document.activeElement?.blur();
  return ({LOOKS})(document.querySelector(`[data-number="${{number}}"]`));
}}"""
IN_GROUP = """number => {
  const one = document.querySelector(`[data-number="${number}"]`);
  return !!one?.closest('[role=radiogroup], [role=toolbar], [role=group], [data-testid=stButtonGroup]');
}"""


@pytest.mark.parametrize("path", ["", "problems-and-solutions", "assessment", "checks", "rollout"])
def test_every_control_is_reached_and_shows_the_focus(served, example, page, path):
    """Of a group of choices the chosen one is a stop; arrows lead to the others."""
    visit(page, f"{served.url}/{path}" + (f"?project={example}" if path else ""))
    controls, reached = page.evaluate(NUMBER), {}
    assert controls > 10
    for _ in range(controls + 40):
        page.keyboard.press("Tab")
        page.wait_for_timeout(30)  # the ring comes with a transition
        focused = page.evaluate(FOCUSED)
        if not focused or (focused["number"] in reached and len(reached) > controls):
            break
        reached.setdefault(focused["number"], focused)
    missed = [number for number in range(controls) if str(number) not in reached and not page.evaluate(IN_GROUP, number)]
    assert missed == []
    bare = [one["name"] for number, one in reached.items() if number and one["looks"] == page.evaluate(AT_REST, number)]
    assert bare == []


def test_arrows_lead_through_a_group_of_choices(served, example, page):
    visit(page, f"{served.url}/assessment?project={example}")
    page.get_by_role("radio", name="Rank").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Vote"
