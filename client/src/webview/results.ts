/** The results view: connects the extension's messages, the model and the views. */
import type { ApiRecord } from '#core/results/read-page';
import { readJson } from '#core/values/read-json';
import { columnLock } from './data/editable';
import { Edits } from './data/edits';
import type { Filter } from './data/filters';
import { formatsFor } from './data/formats';
import { readSpec } from './data/group-spec';
import { keptEdits, readEdits, readWritten } from './data/kept-edits';
import { moveColumn, resize } from './data/layout';
import { Model, type ModelEvent } from './data/model';
import type { Range } from './data/selection';
import { showNames } from './data/shown-names';
import { readState, remember, requestState, type RunState, runState, stateOfEdits } from './data/state';
import { type FromView, targetOf, type ToView, type ViewHead } from './messages';
import { type TabName, TABS } from './page';
import { cellKey, openCellMenu } from './view/cell-menu';
import { chartView } from './view/chart-view';
import { drawChips } from './view/chips';
import { fitColumn, headKey, openColumnMenu, sortBy } from './view/column-menu';
import { compareView } from './view/compare-view';
import type { Context, ResultView } from './view/context';
import { eachFrame, find } from './view/dom';
import { Editing } from './view/editing';
import { editsBar } from './view/edits-bar';
import { Grid } from './view/grid';
import { groupView } from './view/group-view';
import { showAge, showHead } from './view/head-view';
import { jsonView } from './view/json-view';
import { askNames } from './view/names-menu';
import { listen } from './view/press';
import { profileView } from './view/profile-view';
import { recordView } from './view/record-view';
import { relatedPanel } from './view/related-panel';
import { responseView } from './view/response-view';
import { drawSelected, drawShown } from './view/status';
import { Tabs } from './view/tabs';
import { makeSearch, makeTools } from './view/tools';
import { drawTrail, isBackKey } from './view/trail';

interface Host {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const send = (message: FromView) => host.postMessage(message);

let head: ViewHead | undefined;
/** The position to restore once the records have arrived. */
let place: RunState | undefined;
/** The selection to restore once they are in their order. */
let ranges: readonly Range[] = [];
/** How the results behind related records were left, by their runs. */
const places = new Map<string, RunState>();
/** Whether the grid takes the focus with the next records: the link or button that had it is gone. */
let focusSoon = false;

const changed: Record<ModelEvent, () => void> = {
  records: () => {
    grid.rowsAdded();
    editing.rowsChanged();
    recordsChanged();
  },
  columns: () => grid.columnsChanged(),
  rows: () => {
    grid.select([]);
    grid.rowsChanged();
    editing.rowsChanged();
    grid.headsChanged();
    recordsChanged();
  },
  matches: () => {
    grid.matchesChanged();
    search.draw();
    if (tabs.current === 'json') views.json.refresh();
  },
  busy: () => drawShown(context),
};
const edits = new Edits(() => editsChanged());
const model = new Model(navigator.language, (event) => changed[event](), edits);

const grid: Grid = new Grid(model, {
  sort: (name, add) => sortBy(context, name, add),
  selectColumn: (column, add) => grid.selectColumn(column, add),
  columnMenu: (column, anchor) => openColumnMenu(context, column, anchor),
  resize: (name, width) => context.setLayout(resize(model.layout, name, width)),
  fit: (name) => fitColumn(context, name),
  move: (name, before) =>
    context.setLayout(
      moveColumn(
        model.columns.map((column) => column.name),
        model.layout,
        name,
        before,
      ),
    ),
  key: (event, at) =>
    at.row < 0 ? headKey(context, event, at.column) : cellKey(context, editing, event, at),
  cellMenu: (at, point) => openCellMenu(context, editing, at, point),
  open: (at) => {
    if (editing.lock(at) === undefined || editing.typing) editing.begin(at);
    else context.show('record', true);
  },
  locked: (at) => {
    const column = model.visible[at];
    return column === undefined ? '' : columnLock(column, head);
  },
  lock: (at) => (editing.typing ? editing.lock(at) : undefined),
  drawn: () => editing.drawn(),
  selected: () => {
    void drawSelected(context);
    rememberSoon();
  },
  scrolled: () => rememberSoon(),
});
find('view-grid').append(grid.element);

const tabs = new Tabs((name, focus) => {
  if (name === 'grid') {
    grid.draw();
    restorePlace();
  } else views[name].refresh();
  if (focus && name === 'grid') grid.focusCell();
  else if (focus && name !== 'grid') views[name].focus();
  rememberSoon();
});

const context: Context = {
  model,
  grid,
  send,
  head: () => head,
  show: (tab, focus = false) => tabs.show(tab, focus),
  setLayout: (layout) => {
    model.setLayout(layout);
    drawShown(context);
    refreshOther();
    rememberSoon();
  },
  setSort: (sort) => {
    void model.setSort(sort);
    grid.headsChanged();
    drawChips(context);
    rememberSoon();
  },
  setFilters: (filters) => {
    void model.setFilters(filters);
    grid.headsChanged();
    drawChips(context);
    rememberSoon();
  },
  follow: (link) => {
    editing.commit();
    tellEdits();
    send({ type: 'follow', ...link });
  },
  showRelated: (row, anchor) => related.open(row, anchor),
  goTo: (row) => {
    if (tabs.current === 'json') views.json.show(row);
    grid.moveTo({ row, column: grid.focus.column }, { focus: false });
    if (tabs.current === 'record') views.record.refresh();
  },
  group: (spec) => {
    views.group.spec = spec;
    tabs.show('group', true);
  },
  groupsChanged: () => rememberSoon(),
  showBehind: (filters) => {
    before = model.filters;
    context.setFilters([...before, ...filters]);
    tabs.show('grid', true);
  },
  back: () => (before === undefined ? undefined : backToGroups),
};

/** The filters before those that show the records behind a figure. */
let before: readonly Filter[] | undefined;

function backToGroups(): void {
  const filters = before ?? [];
  before = undefined;
  context.setFilters(filters);
  tabs.show('group', true);
}

const view = (name: TabName) => find(`view-${name}`);
const views = {
  json: jsonView(view('json'), context),
  record: recordView(view('record'), context),
  profile: profileView(view('profile'), context),
  group: groupView(view('group'), context),
  chart: chartView(view('chart'), context),
  response: responseView(view('response'), context),
  compare: compareView(view('compare'), context, () => tabs.offer('compare', false)),
} satisfies Record<Exclude<TabName, 'grid'>, ResultView>;

const related = relatedPanel(context);
const search = makeSearch(context);
makeTools(context);

const editing = new Editing(context, find('view-grid'), { review, changed: () => drawEdits() });
const drawEdits = editsBar(context, editing, review);

/** Shows what the changes will do; the extension sends them when the user agrees. */
function review(): void {
  editing.commit();
  if (edits.cells > 0) send({ type: 'review', json: keptEdits(edits) });
}

/** What the extension knows of the changes. */
let toldEdits = '[]';

/** The changes of cells are drawn, and kept where a closed view or window does not lose them. */
const editsChanged = eachFrame(() => {
  grid.editsChanged();
  drawEdits();
  void drawSelected(context);
  tellEdits();
  refreshOther();
  rememberSoon();
});

function tellEdits(): void {
  const json = keptEdits(edits);
  if (json !== toldEdits && head !== undefined) send({ type: 'edits', target: targetOf(head), json });
  toldEdits = json;
}

const back = (to: number) => send({ type: 'back', to });

document.addEventListener('keydown', (event) => {
  if (head?.trail === undefined || !isBackKey(event)) return;
  // VS Code would go back in its own editors.
  event.preventDefault();
  event.stopPropagation();
  back(head.trail.length - 1);
});

document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
  // The habitual key shows what would be sent; it never sends.
  event.preventDefault();
  event.stopPropagation();
  review();
});

/** Refreshes the shown view next to the grid, if any; while records stream in, not for each page. */
const refreshOther = eachFrame(() => {
  if (tabs.current !== 'grid') views[tabs.current].refresh();
});

let refreshTimer: ReturnType<typeof setTimeout> | undefined;

const drawRows = eachFrame(() => {
  drawShown(context);
  const none = model.records.length === 0;
  const { state, error } = head ?? {};
  find('empty').textContent =
    head?.trail === undefined
      ? 'The request succeeded, but the answer has no records.'
      : 'There are no such records.';
  find('empty').hidden = !none || state !== 'done' || error !== undefined;
  find('waiting').hidden = !none || state !== 'running';
  restoreFocus();
});

function recordsChanged(): void {
  drawRows();
  restorePlace();
  restoreFocus();
  refreshTimer ??= setTimeout(() => {
    refreshTimer = undefined;
    refreshOther();
  }, 250);
}

function restorePlace(): void {
  if (!model.settled) return;
  if (place === undefined || model.count <= place.row) {
    if (place === undefined && ranges.length > 0) restoreRanges();
    return;
  }
  const { row, column, top, left } = place;
  if (tabs.current !== 'grid') {
    // A hidden grid can't be scrolled: that is done when it is shown.
    grid.focus = { row, column };
    return;
  }
  place = undefined;
  grid.draw();
  grid.moveTo({ row, column }, { focus: false });
  grid.scrollTo({ top, left });
  restoreRanges();
}

/** Selects what was selected, once so many rows are here. */
function restoreRanges(): void {
  if (Math.max(...ranges.map(({ bottom }) => bottom)) >= model.count) return;
  grid.select(ranges);
  ranges = [];
}

/** What has the focus of somebody who does something else. */
const BUSY = 'input, select, textarea, .popup *';

/** Moves the focus into the records that took the place of others. */
function restoreFocus(): void {
  const ended = hasEnded(head);
  if (!focusSoon || !model.settled) return;
  if (model.count === 0) {
    // Perhaps they are still on their way.
    if (ended) find('trail').querySelector('button')?.focus();
    return;
  }
  focusSoon = false;
  // Somebody who writes or chooses by now goes on with that.
  if (document.activeElement?.matches(BUSY) === true) return;
  if (tabs.current === 'grid') grid.focusCell();
  else views[tabs.current].focus();
}

const hasEnded = (of: ViewHead | undefined) => of?.state !== 'running' && of?.state !== 'paused';

let rememberTimer: ReturnType<typeof setTimeout> | undefined;

function rememberSoon(): void {
  rememberTimer ??= setTimeout(rememberNow, 200);
}

function rememberNow(): void {
  clearTimeout(rememberTimer);
  rememberTimer = undefined;
  if (head === undefined || (place !== undefined && model.count <= place.row)) return;
  const run: RunState = {
    run: head.run,
    filters: model.filters,
    search: model.matches?.text ?? '',
    tab: tabs.current,
    row: Math.max(0, grid.focus.row),
    column: grid.focus.column,
    ...(place === undefined ? grid.place : { top: place.top, left: place.left }),
    ranges: ranges.length > 0 ? ranges : grid.ranges,
  };
  places.set(head.run, run);
  const state = readState(host.getState());
  // After a reload, the run is shown, not what is related to its records.
  host.setState(
    head.trail === undefined
      ? remember(state, head.request, arranged(), run, { target: targetOf(head), json: keptEdits(edits) })
      : remember(state, head.request, arranged()),
  );
}

/** What is kept for all runs of a request. */
const arranged = () => ({ layout: model.layout, sort: model.sort, group: views.group.spec });

/** Begins another run: keeps the state of the request, drops that of the last run. */
function beginRun(next: ViewHead): void {
  // What was arranged a moment ago counts, too.
  if (rememberTimer !== undefined) rememberNow();
  // The records of the last run are no place to go back to.
  model.reset();
  if (next.trail === undefined && !places.has(next.run)) places.clear();
  const state = readState(host.getState());
  const ofRequest = requestState(state, next.request);
  const ofRun = places.get(next.run) ?? runState(state, next.run);
  model.formats = formatsFor(next.locale ?? model.formats.locale, model.formats);
  restoreEdits(next, state);
  model.layout = ofRequest.layout;
  before = undefined;
  views.group.spec = readSpec(ofRequest.group);
  void model.setSort(ofRequest.sort);
  void model.setFilters(ofRun?.filters ?? []);
  (find('search') as HTMLInputElement).value = ofRun?.search ?? '';
  void model.search(ofRun?.search ?? '');
  place = ofRun;
  ranges = ofRun?.ranges ?? [];
  focusSoon = next.trail !== undefined || head?.trail !== undefined;
  views.response.setResponses([]);
  tabs.offer('compare', false);
  const same = head?.request === next.request;
  // Another query begins where reading begins.
  if (!same) grid.toStart();
  tabs.show(
    TABS.map(([name]) => name).find((name) => name === ofRun?.tab && name !== 'compare') ??
      (same ? tabs.current : 'grid'),
  );
}

/** Changes stay for the next run of the same request, and after a reload; never for other records. */
function restoreEdits(next: ViewHead, state: ReturnType<typeof readState>): void {
  if (head !== undefined && targetOf(head) === targetOf(next)) return;
  const kept = head === undefined ? stateOfEdits(state, targetOf(next)) : undefined;
  edits.restore(kept === undefined ? [] : readEdits(kept));
}

listen<ToView>((message) => {
  switch (message.type) {
    case 'head': {
      const other = head?.run !== message.head.run;
      const came = hasEnded(message.head) && (other || !hasEnded(head));
      if (other) beginRun(message.head);
      const fields = head === undefined || other || head.fields.length !== message.head.fields.length;
      const locks = other || head?.readOnly !== message.head.readOnly;
      head = message.head;
      if (fields) model.describe(head.select, head.fields);
      if (locks) grid.locksChanged();
      drawEdits();
      drawTrail(head, back);
      showHead(head, (id) => send({ type: 'action', id }));
      drawChips(context);
      drawRows();
      rememberSoon();
      if (came) askNames(context);
      return;
    }
    case 'reset':
      model.reset();
      return;
    case 'records':
      model.add(message.start, readJson(message.json) as ApiRecord[]);
      return;
    case 'responses':
      views.response.setResponses(message.responses);
      return;
    case 'edits':
      edits.restore(readEdits(message.json));
      return;
    case 'written': {
      const { records, outcomes } = readWritten(message.json);
      model.replace(records);
      edits.settle(outcomes);
      return;
    }
    case 'relations':
    case 'relationCount':
      related.take(message);
      return;
    case 'names':
      if (message.names === undefined) context.setLayout(showNames(model.layout, [message.column], false));
      else model.shownNames.set(message.column, message.names);
      grid.namesChanged();
      return;
    case 'compare':
      views.compare.setOther(message.other);
      tabs.offer('compare', message.other !== undefined);
      if (message.other !== undefined) tabs.show('compare', true);
      return;
  }
});

// A result gets old while it is looked at.
setInterval(() => {
  if (head !== undefined) showAge(head);
}, 30_000);

send({ type: 'ready' });
