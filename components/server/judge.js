// Shows the items of a round one by one, large, and keeps what is said of them.
//
// What somebody says is shown at once, kept in this browser, and sent until the server has it: without a network, after a reload and
// in a second tab nothing is lost, and nothing is kept twice. The next images are fetched ahead.
(() => {
  if (window.groundworkJudge) return;
  window.groundworkJudge = true;
  const AGAIN = 1000, AHEAD = 3, FASTEST = 150, CANT_TELL = 0;
  let place, sheet, queue, history, shownAt, fetched = new Map(), before = new Map(), sending = false, refused = '', openPart = '';

  // The browser's own memory: what the server hasn't acknowledged, in every tab of this person alike; notes that are being written.
  const kept = what => `groundwork.judge.${what}.${sheet.project}.${sheet.round}.${sheet.me}`;
  const read = what => { try { return JSON.parse(localStorage.getItem(kept(what))) || {}; } catch { return {}; } };
  const write = (what, value) => { try { localStorage.setItem(kept(what), JSON.stringify(value)); } catch { /* private mode: this tab remembers */ } };

  const make = (tag, how = {}, ...inside) => {
    const one = document.createElement(tag);
    for (const [name, value] of Object.entries(how)) {
      if (name.startsWith('on')) one.addEventListener(name.slice(2), value);
      else if (value !== false && value != null) one.setAttribute(name, value);
    }
    one.append(...inside.filter(part => part != null));
    return one;
  };
  const icon = name => make('span', {class: 'judge-icon', 'aria-hidden': 'true', translate: 'no'}, name);

  const asker = () => (({who, session, mark}) => ({who, session, mark}))(place.dataset);
  const url = item => `/item?${new URLSearchParams({project: sheet.project, version: item.version, row: item.row, ...asker()})}`;
  const ahead = at => {
    for (const item of sheet.items.slice(at, at + AHEAD + 1)) {
      if (item.kind !== 'image' || fetched.has(item.card)) continue;
      const image = new Image();
      image.src = url(item);
      image.decode?.().catch(() => fetched.delete(item.card));
      fetched.set(item.card, image);
    }
  };

  const said = card => card in queue ? queue[card] : sheet.mine[card];
  const isSaid = card => said(card)?.label != null;
  const firstOpen = from => {
    const open = place => !isSaid(sheet.items[place].card);
    const order = [...sheet.items.keys()];
    return order.slice(from).find(open) ?? order.find(open) ?? sheet.items.length;
  };

  const load = async () => {
    const {project, round} = place.dataset;
    const answer = await fetch(`/judging?${new URLSearchParams({project, round, ...asker()})}`, {cache: 'no-store'});
    const told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(told.what), {told});
    sheet = {...told, project, round};
    queue = read('queue');
    history = sheet.items.map(one => one.card).filter(isSaid);
    sheet.at = firstOpen(0);
    openPart = !history.length && sheet.rules.length ? 'rule' : '';  // who begins reads what the answers mean
  };

  // One entry at a time, in any order: each says all there is to say of its item. A newer one replaces what waits.
  const send = async () => {
    if (sending || !sheet) return;
    sending = true;
    try {
      queue = {...read('queue'), ...queue};
      for (const [card, entry] of Object.entries(queue)) {
        const body = JSON.stringify({project: sheet.project, round: sheet.round, card, ...entry});
        const answer = await fetch(`/judging?${new URLSearchParams(asker())}`, {method: 'POST', headers: {'Content-Type': 'application/json'}, body});
        const told = await answer.json();
        if (answer.status >= 500) throw new Error('busy');
        if (!answer.ok) { refused = told.what; continue; }
        refused = '';
        if (queue[card]?.stamp === entry.stamp) {
          sheet.mine[card] = entry;
          const waiting = read('queue');
          if (waiting[card]?.stamp === entry.stamp) delete waiting[card];
          write('queue', waiting);
          delete queue[card];
        }
      }
    } catch { /* the server is away: it is tried again in a moment */ }
    sending = false;
    tellSaved();
  };

  const keep = (card, label, note) => {
    const seconds = (performance.now() - shownAt) / 1000;
    queue[card] = {label, note, seconds, at: Date.now(), stamp: `${Date.now()}-${Math.random()}`};
    write('queue', {...read('queue'), ...queue});
    send();
  };

  const answer = label => {
    if (!sheet || sheet.at >= sheet.items.length || performance.now() - shownAt < FASTEST) return;  // nobody judges faster than that
    const {card} = sheet.items[sheet.at];
    const notes = read('notes');
    keep(card, label, notes[card] ?? said(card)?.note ?? '');
    history = [...history.filter(one => one !== card), card];
    sheet.at = firstOpen(sheet.at + 1);
    openPart = '';
    draw();
  };

  const undo = () => {
    const card = history.pop();
    if (!card) return;
    const note = said(card)?.note ?? '';
    before.set(card, said(card)?.label);
    if (note) write('notes', {...read('notes'), [card]: note});
    sheet.at = sheet.items.findIndex(one => one.card === card);
    shownAt = performance.now();
    keep(card, null, '');
    draw();
  };

  const done = async () => {
    await send();
    if (Object.keys(queue).length) { tellSaved(); return; }
    try {
      const body = JSON.stringify({project: sheet.project, round: sheet.round, done: true});
      const answer = await fetch(`/judging?${new URLSearchParams(asker())}`, {method: 'POST', headers: {'Content-Type': 'application/json'}, body});
      const told = await answer.json();
      if (answer.ok) document.querySelector('[class*="st-key-live_round"] button')?.click();
      else { refused = told.what; tellSaved(); }
    } catch { tellSaved(); }
  };

  const correct = at => {
    sheet.at = at;
    openPart = '';
    draw();
  };

  const open = part => {
    openPart = openPart === part ? '' : part;
    draw(true);
    place.querySelector('.judge-part')?.scrollIntoView({block: 'nearest'});
  };

  const shown = item => {
    if (item.kind === 'image') {
      const image = fetched.get(item.card) || make('img', {src: url(item)});
      image.alt = 'The item to judge';
      return make('div', {class: 'judge-item'}, image);
    }
    if (item.kind === 'audio') return make('div', {class: 'judge-item'}, make('audio', {controls: '', src: url(item), preload: 'auto'}));
    if (item.kind === 'text') return make('div', {class: 'judge-item judge-text'}, item.text);
    const rows = item.cells.map(([name, value]) => make('tr', {}, make('th', {scope: 'row'}, name), make('td', {}, value)));
    return make('div', {class: 'judge-item judge-row'}, make('table', {}, make('tbody', {}, ...rows)));
  };

  const wasSaid = card => said(card)?.label ?? before.get(card);
  const word = label => label === CANT_TELL ? "Can't tell" : sheet.labels[label - 1] ?? '';

  // What somebody said of each item, to be looked over and corrected.
  const overview = () => make('div', {class: 'judge-all'}, ...sheet.items.map((item, at) => {
    const small = item.kind === 'image' ? make('img', {src: url(item), alt: `Item ${at + 1}`, loading: 'lazy'})
      : make('span', {class: 'judge-of'}, item.kind === 'text' ? item.text.slice(0, 80) : item.kind === 'row' ? String(item.cells[0]?.[1] ?? '') : `Item ${at + 1}`);
    return make('button', {type: 'button', onclick: () => correct(at)}, small, make('b', {}, word(said(item.card)?.label)));
  }));

  const tool = (name, label, key, act, how = {}) =>
    make('button', {type: 'button', class: 'judge-tool', onclick: act, title: key ? `Key ${key}` : null, ...how}, icon(name), label);

  const tools = card => make('div', {class: 'judge-tools'},
    tool('help', "Can't tell", '0', () => answer(CANT_TELL), {disabled: card ? null : '', 'aria-pressed': card ? wasSaid(card) === CANT_TELL : null}),
    tool('undo', 'Undo', 'u', undo, {disabled: history.length ? null : ''}),
    sheet.rules.length ? tool('menu_book', sheet.rules.length > 1 ? 'Rules' : 'Rule', '', () => open('rule'), {'aria-expanded': openPart === 'rule'}) : null,
    tool('chat', 'Note', 'n', () => open('note'), {'aria-expanded': openPart === 'note', disabled: card ? null : ''}));

  const part = card => {
    if (openPart === 'rule') {
      return make('div', {class: 'judge-part'}, ...sheet.rules.map(rule =>
        make('p', {}, make('b', {}, rule.label), `: ${rule.definition} `, make('span', {class: 'judge-of'}, rule.title))));
    }
    if (openPart !== 'note' || !card) return null;
    const text = make('textarea', {maxlength: 2000, rows: 2, 'aria-label': 'Note', placeholder: 'Shown with your name afterwards'});
    text.value = read('notes')[card] ?? said(card)?.note ?? '';
    text.addEventListener('input', () => write('notes', {...read('notes'), [card]: text.value}));
    return make('div', {class: 'judge-part'}, text);
  };

  const tellSaved = () => {
    const line = place?.querySelector('.judge-saved');
    if (!line || !sheet) return;
    const waiting = Object.keys(queue).length;
    line.classList.toggle('waiting', waiting > 0 || !!refused);
    const text = refused ? `Not kept: ${refused}`
      : waiting && !navigator.onLine ? `${waiting} kept on this device until the network is back`
      : waiting ? `Keeping ${waiting} …` : '';
    if (line.textContent !== text) line.textContent = text;
    if (!waiting) place.dataset.saved = Object.values(sheet.mine).filter(one => one?.label != null).length;
  };

  const draw = (same = false) => {
    const item = sheet.items[sheet.at], number = sheet.items.filter(one => isSaid(one.card)).length;
    if (!same) shownAt = performance.now();
    const head = make('div', {class: 'judge-head'},
      make('span', {}, `Round ${sheet.number}, blind`), make('span', {}, `${Math.min(number + 1, sheet.items.length)} of ${sheet.items.length}`));
    const bar = make('div', {class: 'judge-bar', role: 'progressbar', 'aria-label': 'Judged', 'aria-valuenow': number, 'aria-valuemax': sheet.items.length},
      make('div', {style: `width: ${100 * number / sheet.items.length}%`}));
    const saved = make('div', {class: 'judge-saved', role: 'status'});
    if (item) {
      const choices = sheet.labels.map((label, at) => make('button',
        {type: 'button', class: 'judge-choice', onclick: () => answer(at + 1), 'aria-keyshortcuts': at + 1, 'aria-pressed': wasSaid(item.card) === at + 1}, label, make('kbd', {'aria-hidden': 'true'}, `${at + 1}`)));
      place.replaceChildren(head, bar, make('h1', {}, sheet.question), shown(item),
        make('div', {class: `judge-choices${choices.length > 4 ? ' many' : ''}`}, ...choices), tools(item.card), part(item.card) ?? '', saved);
      place.dataset.card = item.card;
      ahead(sheet.at);
      if (openPart === 'note') place.querySelector('textarea')?.focus();
    } else {
      const unsure = sheet.items.filter(one => said(one.card)?.label === CANT_TELL).length;
      place.replaceChildren(head, bar, make('h1', {}, 'That was the last one.'),
        make('p', {class: 'judge-told'}, `You judged ${number}${unsure ? `; of ${unsure} you can't tell` : ''}. Nobody sees it before all are revealed.`),
        make('div', {class: 'judge-choices'}, make('button', {type: 'button', class: 'judge-choice judge-done', onclick: done}, "I'm done")),
        make('p', {class: 'judge-told'}, 'Tap an item to correct it.'), overview(), tools(''), part('') ?? '', saved);
      place.dataset.card = '';
    }
    tellSaved();
  };

  // Keys, but not where somebody types; a held key says nothing more.
  document.addEventListener('keydown', event => {
    if (!place?.isConnected || !sheet) return;
    const typing = event.target.matches?.('input, textarea, select, [contenteditable]');
    if (event.key === 'Escape' && openPart) { openPart = ''; draw(true); return; }
    if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = /^\d$/.test(event.key) ? Number(event.key) : null;
    if (digit !== null && digit <= sheet.labels.length) answer(digit);
    else if (event.key === 'u') undo();
    else if (event.key === 'n') { event.preventDefault(); open('note'); }
    else if (event.key === 'Enter' && !sheet.items[sheet.at] && event.target === document.body) done();
    else return;
    event.stopPropagation();
  }, true);
  addEventListener('online', () => send());
  addEventListener('storage', event => {
    if (sheet && event.key === kept('queue')) { queue = {...read('queue')}; send(); }
  });

  // The place is drawn by Streamlit, which may draw it anew.
  const find = async () => {
    const there = document.querySelector('#judge');
    if (!there || there === place && there.childElementCount) return;
    place = there;
    try {
      if (!sheet || sheet.project !== there.dataset.project || sheet.round !== there.dataset.round) {
        sheet = undefined;
        await load();
      }
      draw();
      send();
    } catch (error) {
      sheet = undefined;
      if (error.told) there.replaceChildren(make('h1', {}, error.told.what), make('p', {class: 'judge-told'}, error.told.todo || ''));
      else place = undefined;  // no network: it is tried again in a moment
    }
  };
  let finding = false;
  setInterval(async () => {
    if (finding) return;
    finding = true;
    await find();
    finding = false;
  }, 50);
  setInterval(() => { if (sheet && !refused && Object.keys(queue).length) send(); }, AGAIN);
})();
