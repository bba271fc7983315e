// Draws a screen again when something that it shows was changed by somebody else.
//
// A hidden button says in its label what was drawn: an address that answers whether that is still so. It is asked every second,
// and the button is pressed when it is not. A label also says for which theme its charts were drawn.
(() => {
  if (window.groundworkLive) return;
  window.groundworkLive = true;
  const SECOND = 1000, HIDDEN = 5 * SECOND, PATIENCE = 4 * SECOND;
  const pressed = new Map();
  const buttons = () => [...document.querySelectorAll('[class*="st-key-live_"] button')];
  const address = button => button.textContent.trim();

  // The line that somebody is writing is kept before the screen is drawn again; Enter goes on to the next one.
  const inSheet = one => one?.matches?.('[class*="st-key-sheet_"] input');
  const keepLine = () => {
    const line = document.activeElement;
    if (inSheet(line)) line.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', bubbles: true}));
  };
  document.addEventListener('keyup', event => {
    if (event.key !== 'Enter' || !event.isTrusted || !inSheet(event.target)) return;
    const lines = [...document.querySelectorAll('[class*="st-key-sheet_"] input')];
    lines[lines.indexOf(event.target) + 1]?.focus();
  });

  // While a click is being answered nothing is pressed: a second run would end the first one, and the click would be lost.
  const busy = () => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'notRunning';

  // A job that runs, and whose results appear here: what is over in a second or two is asked for often, what takes minutes seldom.
  let awaited = '', since = 0;
  const pause = () => {
    const job = document.querySelector('[class*="busy_"]')?.className ?? '';
    if (job !== awaited) { awaited = job; since = performance.now(); }
    return job ? Math.min(Math.max((performance.now() - since) / 10, SECOND / 8), SECOND / 2) : SECOND;
  };

  const press = button => {
    const drawn = address(button), last = pressed.get(drawn);
    if (busy() || (last && performance.now() - last < PATIENCE)) return;  // it is being drawn
    pressed.clear();
    pressed.set(drawn, performance.now());
    keepLine();
    button.click();
  };

  const otherTheme = drawn => {
    const app = document.querySelector('[data-testid=stApp]');
    const dark = /dark=(\d)/.exec(drawn);
    return app && dark && getComputedStyle(app).colorScheme.includes('dark') !== (dark[1] === '1');
  };

  const ask = async () => {
    for (const button of buttons()) {
      const drawn = address(button);
      if (!drawn.startsWith('/changes?')) continue;
      try {
        const answer = otherTheme(drawn) ? {changed: true} : await (await fetch(drawn, {cache: 'no-store'})).json();
        if (answer.changed && button.isConnected && address(button) === drawn) press(button);
      } catch { /* the server is away; Streamlit says so, and the next question finds it again */ }
    }
  };

  // Counts down to the end of a round or of a point of the agenda, by the server's clock.
  const tick = () => {
    for (const one of document.querySelectorAll('time.countdown')) {
      one.dataset.ahead ??= Date.now() - Number(one.dataset.now);
      const left = Math.round((Date.parse(one.dateTime) - (Date.now() - Number(one.dataset.ahead))) / 1000);
      const size = Math.abs(left), text = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
      const said = left >= 0 ? `${text} left` : `${text} over`;
      if (one.textContent !== said) one.textContent = said;
      one.classList.toggle('over', left < 0);
    }
  };

  // Follows a meeting to the screen of its next point, unless somebody is typing here: what has not been saved would be gone.
  let typing = false, place = location.pathname;
  const typed = event => { if (event.target.closest('.stMainBlockContainer') && !event.target.closest('.st-key-bar')) typing = true; };
  document.addEventListener('input', typed, true);
  document.addEventListener('click', event => {
    if (event.target.closest('[data-testid*=FormSubmit]')) typing = false;
    else if (event.target.closest('[data-testid=stForm]')) typed(event);
  }, true);
  const follow = () => {
    if (place !== location.pathname) { place = location.pathname; typing = false; }
    const button = document.querySelector('[class*="st-key-live_follow"] button');
    if (button && !typing) press(button);
  };
  // Whoever may only look finds every form at rest, by mouse, by key and by ear; only their own name and a new project are theirs.
  const FORMS = ['stForm', 'stFileUploader', 'stBaseButton-primary'].map(name => `[data-testid=${name}]`).join(', ');
  const rest = () => {
    const looking = !!document.querySelector('.st-key-only_looking');
    for (const one of document.querySelectorAll(`:is(.stMainBlockContainer, [data-testid=stPopoverBody], [role=dialog]) :is(${FORMS})`)) {
      const own = one.closest('.st-key-bar, form:has([class*="st-key-bar-"])') || one.querySelector('[class*="st-key-bar-"]');
      if (one.inert !== (looking && !own)) one.inert = looking && !own;
    }
  };
  setInterval(rest, SECOND / 4);
  setInterval(tick, SECOND / 4);
  setInterval(follow, SECOND / 10);

  // Escape leaves the projector's view, unless it closes something first.
  document.addEventListener('keydown', event => {
    const open = document.querySelector('[role=dialog], [data-testid=stPopoverBody], [role=listbox]');
    if (event.key === 'Escape' && !open) document.querySelector('.st-key-present_out button')?.click();
    // A presenter's remote sends PageDown and PageUp; arrows turn pages too, unless a field or a choice takes them.
    const way = {PageDown: 'next', ArrowRight: 'next', PageUp: 'back', ArrowLeft: 'back'}[event.key];
    const taken = event.target.closest?.('input, textarea, select, [role=radio], [role=tab], [role=slider], [contenteditable=true], canvas');
    if (way && !open && !taken) {
      const turn = document.querySelector(`.st-key-present_${way} a`);
      if (turn) { event.preventDefault(); turn.click(); }
    }
  });

  let waiting;
  const again = async () => {
    clearTimeout(waiting);
    if (!busy()) await ask();
    clearTimeout(waiting);
    waiting = setTimeout(again, document.hidden ? HIDDEN : busy() ? SECOND / 8 : pause());
  };
  document.addEventListener('visibilitychange', () => document.hidden || again());
  again();
})();
