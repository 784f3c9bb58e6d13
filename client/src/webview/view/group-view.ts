/** *Group*: the records of the view by rows and columns, as a table of figures or as a chart. */
import { EXPORT_FORMATS, type ExportFormat, FORMATS } from '#core/results/formats';
import { writeJson } from '#core/values/write-json';
import { bestGroups } from '../data/chart';
import { rowsInWords } from '../data/fetched';
import { plural } from '../data/formats';
import { group, type Groups } from '../data/group';
import { drawnMeasures, groupChart } from '../data/group-chart';
import { filtersBehind } from '../data/group-filters';
import { GroupModel } from '../data/group-model';
import { EMPTY_SPEC, fitting, type GroupSpec, levelOf, measureTitle } from '../data/group-spec';
import { groupsForSql } from '../data/group-sql';
import { exportedAs, type GroupTable, tableOf } from '../data/group-table';
import { resize } from '../data/layout';
import { Slices, Superseded } from '../data/slices';
import { ChartDrawing } from './chart-drawing';
import { copy, copyRows } from './clipboard';
import { type Context, type ResultView, rowsOf } from './context';
import { announce, button, make } from './dom';
import { Grid } from './grid';
import { GroupFields } from './group-fields';
import { groupHeadMenu, sortedBy } from './group-menu';
import { openMenu } from './menu';
import { setOptions } from './redraw';

export interface GroupView extends ResultView {
  /** The choices; undefined before there are any. */
  spec: GroupSpec | undefined;
}

/** The tab of groups of what the grid shows. */
export function groupView(host: HTMLElement, context: Context): GroupView {
  const view = new GroupTab(host, context);
  return {
    refresh: () => view.refresh(),
    focus: () => view.focus(),
    get spec() {
      return view.spec;
    },
    set spec(spec) {
      view.choose(spec);
    },
  };
}

class GroupTab {
  /** What the user chose, also of columns that have not arrived yet. */
  spec: GroupSpec | undefined;
  /** What is shown. */
  #shown = EMPTY_SPEC;
  readonly #model: GroupModel;
  readonly #grid: Grid;
  readonly #fields = new GroupFields((spec) => this.#chosen(spec));
  readonly #drawing: ChartDrawing;
  readonly #measure = make('select', { 'aria-label': 'Value of the chart', hidden: true });
  readonly #chart = button('Show Chart', () => this.#toggleChart());
  readonly #subtotals = make('input', { type: 'checkbox' });
  readonly #sql = button('Write as SQL Request', () => this.#writeSql(), {
    title: 'Writes a request with these groups as SQL into the file, below the request of this result',
  });
  readonly #note = make('span', { class: 'key', role: 'status' });
  /** What was grouped. */
  #grouped = '';
  readonly #problem = make('p', { class: 'group-problem', role: 'alert', hidden: true });
  readonly #savers: HTMLElement;
  #charted = false;
  #work: AbortController | undefined;
  #again = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly context: Context,
  ) {
    this.#model = new GroupModel(() => context.model.formats);
    this.#drawing = new ChartDrawing(host, context);
    this.#savers = make('span', { class: 'savers', hidden: true }, ...this.#drawing.buttons);
    this.#grid = this.#makeGrid();
    const exports = button('Export Table', () => this.#openExport(exports), { 'aria-haspopup': 'menu' });
    const copies = button('Copy Table', () => this.#openCopy(copies), { 'aria-haspopup': 'menu' });
    host.append(
      this.#fields.element,
      make(
        'div',
        { class: 'view-tools' },
        this.#chart,
        this.#measure,
        this.#savers,
        make('label', {}, this.#subtotals, 'Subtotals'),
        copies,
        exports,
        this.#sql,
        this.#note,
      ),
      this.#problem,
      this.#grid.element,
      this.#drawing.element,
    );
    this.#drawing.element.hidden = true;
    this.#subtotals.addEventListener('change', () => {
      this.#chosen({ ...this.#shown, subtotals: this.#subtotals.checked });
    });
    this.#measure.addEventListener('change', () => this.#drawChart());
  }

  focus(): void {
    if (this.#model.table === undefined || this.#charted) this.#fields.focus();
    else this.#grid.focusCell();
  }

  /** Other choices, such as those that were kept. */
  choose(spec: GroupSpec | undefined): void {
    this.spec = spec;
    this.#stop();
    if (!this.host.hidden) this.refresh();
  }

  #chosen(spec: GroupSpec): void {
    this.choose(spec);
    this.context.groupsChanged();
  }

  #stop(): void {
    this.#work?.abort();
    this.#work = undefined;
  }

  /** Groups the records that are here now; where it still does so, once more when it has. */
  refresh(): void {
    if (this.#work === undefined) void this.#compute();
    else this.#again = true;
  }

  async #compute(): Promise<void> {
    const control = (this.#work = new AbortController());
    const isCurrent = () => this.#work === control;
    try {
      do {
        this.#again = false;
        await this.#computeOnce(new Slices(control.signal));
      } while (this.#again && isCurrent());
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    } finally {
      if (isCurrent()) this.#work = undefined;
    }
  }

  async #computeOnce(slices: Slices): Promise<void> {
    const { model } = this.context;
    const { columns, records } = model;
    const spec = (this.#shown = fitting(this.spec ?? guess(model), columns));
    this.#fields.show(spec, columns);
    // Related records have no request in a file.
    this.#sql.hidden = this.context.head()?.trail !== undefined;
    this.#subtotals.checked = spec.subtotals;
    const rows = model.rows ?? Uint32Array.from({ length: records.length }, (_, at) => at);
    if (rows.length > LONG)
      this.#note.textContent = `Grouping ${plural(model.formats, rows.length, 'record')}…`;
    const grouped = await group({ rows, records, columns }, spec, slices);
    this.#problem.hidden = grouped.ok;
    if (!grouped.ok) {
      this.#problem.textContent = grouped.problem;
      this.#grouped = '';
      this.#show(undefined);
      return;
    }
    const table = await tableOf(grouped.groups, spec, columns, slices);
    this.#grouped = this.#noteOf(grouped.groups, spec);
    this.#show(table);
  }

  #show(table: GroupTable | undefined): void {
    this.#model.show(table);
    this.#tell();
    this.#grid.element.hidden = this.#charted || table === undefined;
    this.#drawing.element.hidden = !this.#charted || table === undefined;
    this.#grid.columnsChanged();
    this.#grid.rowsChanged();
    this.#grid.headsChanged();
    if (this.#charted) this.#drawChart();
  }

  /** What was grouped, and what the chart leaves out of it. */
  #tell(ofChart = ''): void {
    this.#note.textContent = [this.#grouped, ofChart].filter((text) => text !== '').join(' · ');
  }

  /** What was grouped, and what was left out. */
  #noteOf(groups: Groups, spec: GroupSpec): string {
    const { model, head } = this.context;
    const { formats } = model;
    const state = head()?.state;
    const left = spec.measures.flatMap(({ column = '' }, at) => {
      const count = groups.left(at);
      return count === 0
        ? []
        : [
            `${plural(formats, count, 'value')} of ${column} left out, as ${count === 1 ? 'it is no number or date' : 'they are no numbers or dates'}`,
          ];
    });
    return [
      rowsInWords({ ...rowsOf(this.context), count: groups.count }, 'record'),
      ...(state === 'running' || state === 'paused' ? ['more are still arriving'] : []),
      ...new Set(left),
    ].join(' · ');
  }

  #makeGrid(): Grid {
    const model = this.#model;
    const grid: Grid = new Grid(
      model,
      {
        sort: (name) => this.#sort(name),
        selectColumn: (column, add) => grid.selectColumn(column, add),
        columnMenu: (column, anchor) =>
          groupHeadMenu(model, column, anchor, {
            sort: (key) => this.#sortAs(key),
            fit: (name) => this.#widen(name, grid.fitting(name)),
          }),
        resize: (name, width) => this.#widen(name, width),
        fit: (name) => this.#widen(name, grid.fitting(name)),
        move: () => undefined,
        key: (event, place) => {
          const control = event.ctrlKey || event.metaKey;
          if (event.key === 'Enter' && place.row < 0) this.#sort(model.visible[place.column]?.name ?? '');
          else if (event.key === 'Enter') this.#behind(place);
          else if (control && event.key.toLowerCase() === 'c') this.#copy(event.shiftKey);
          else return false;
          return true;
        },
        cellMenu: (place, at) =>
          openMenu(
            'Group',
            [
              { label: 'Show these records', key: 'Enter', run: () => this.#behind(place) },
              'line',
              { label: 'Copy', key: 'Ctrl+C', run: () => this.#copy(false) },
              { label: 'Copy the line', key: 'Ctrl+Shift+C', run: () => this.#copy(true) },
            ],
            at,
          ),
        open: (place) => this.#behind(place),
        selected: () => undefined,
        locked: () => 'Figures can’t be edited.',
        lock: () => undefined,
        drawn: () => undefined,
        scrolled: () => undefined,
      },
      'Groups',
    );
    return grid;
  }

  #widen(name: string, width: number): void {
    this.#model.layout = resize(this.#model.layout, name, width);
    this.#grid.columnsChanged();
  }

  #sort(name: string): void {
    this.#sortAs(sortedBy(this.#model, name));
  }

  #sortAs(sort: GroupSpec['sort']): void {
    const { rows, columns, measures, subtotals } = this.#shown;
    this.#chosen({ rows, columns, measures, subtotals, ...(sort && { sort }) });
    announce(
      sort === undefined
        ? 'Sorted by label'
        : `Sorted by ${sort.column}, ${sort.descending ? 'descending' : 'ascending'}`,
    );
  }

  /** Shows the records behind a figure in the grid, as filters. */
  #behind({ row, column }: { row: number; column: number }): void {
    const { table } = this.#model;
    const line = table?.lines[row];
    if (table === undefined || line === undefined) return;
    this.context.showBehind(filtersBehind(table.groups, line, table.figureAt(column)?.group ?? 0));
  }

  #copied() {
    return { model: this.#model, grid: this.#grid, send: this.context.send };
  }

  #copy(lines: boolean): void {
    if (lines) copyRows(this.#copied());
    else void copy(this.#copied(), 'tsv');
  }

  #whole() {
    return [{ top: 0, bottom: this.#model.count - 1, left: 0, right: this.#model.visible.length - 1 }];
  }

  #openCopy(anchor: HTMLElement): void {
    openMenu(
      'Copy',
      (['tsv', 'markdown', 'json'] as const).map((format) => ({
        label: format === 'tsv' ? 'Copy' : `Copy as ${FORMATS[format].label}`,
        disabled: this.#model.count === 0,
        run: () => void copy(this.#copied(), format, this.#whole()),
      })),
      anchor,
    );
  }

  #openExport(anchor: HTMLElement): void {
    const lines = plural(this.context.model.formats, this.#model.count, 'group');
    openMenu(
      'Export',
      EXPORT_FORMATS.map((format) => ({
        label: `${lines} as ${FORMATS[format].label}…`,
        disabled: this.#model.count === 0,
        run: () => this.#export(format),
      })),
      anchor,
    );
  }

  #export(format: ExportFormat): void {
    const { table, records } = this.#model;
    if (table === undefined) return;
    this.context.send({
      type: 'export',
      format,
      to: 'file',
      columns: table.columns.map(({ name }) => name),
      rows: 'all',
      table: { json: writeJson(records.slice()), columns: table.columns.map(exportedAs) },
    });
  }

  #writeSql(): void {
    const { table } = this.#model;
    const { model, head, send } = this.context;
    if (table === undefined) return;
    const groups = groupsForSql(table, model.columns, model.filters, head()?.part === true);
    send({ type: 'writeSql', groups });
  }

  #toggleChart(): void {
    this.#charted = !this.#charted;
    this.#chart.textContent = this.#charted ? 'Show Table' : 'Show Chart';
    this.#savers.hidden = !this.#charted;
    this.#show(this.#model.table);
    if (!this.#charted) this.#measure.hidden = true;
  }

  #drawChart(): void {
    const { table } = this.#model;
    const { columns, formats } = this.context.model;
    const drawn = table === undefined ? [] : drawnMeasures(table);
    const chosen = drawn.includes(Number(this.#measure.value))
      ? Number(this.#measure.value)
      : (drawn[0] ?? -1);
    this.#measure.hidden = drawn.length < 2;
    setOptions(
      this.#measure,
      drawn.map((at) => ({
        value: String(at),
        label: measureTitle(table?.spec.measures[at] ?? { figure: 'count' }, columns),
      })),
      String(chosen),
    );
    const data = table === undefined ? undefined : groupChart(table, chosen, columns, formats);
    this.#drawing.show(data);
    if (table !== undefined) this.#tell(data === undefined ? 'There is nothing to draw.' : data.note);
  }
}

/** From so many records on, it is said that they are being grouped. */
const LONG = 100_000;

/** Groups by the column that has few different values, to begin with. */
function guess({ visible, records }: Context['model']): GroupSpec {
  const column = bestGroups(visible, records);
  return column === undefined ? EMPTY_SPEC : { ...EMPTY_SPEC, rows: [levelOf(column)] };
}
