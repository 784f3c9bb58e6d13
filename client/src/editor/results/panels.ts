/** All results views: which one a run uses, and what is restored after a reload. */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { MAYBE_WRITTEN } from '#core/remote/error-kinds';
import { readSpool, removeOldSpools, ResultSpool } from '#core/results/spool';
import { idOf } from '#core/results/table';
import { forLabel } from '#core/text/foreign-text';
import { nameKey } from '#core/text/names';
import { changesRecords, targetOf, type ViewAction, type ViewHead } from '#webview/messages';
import type { Output } from '../workbench/output';
import { LeftEdits } from './left-edits';
import { ResultPanel, type ShownRun, type ViewRequest } from './panel';
import { readHead } from './read-head';
import { readUnfinished } from './unfinished';

const TYPE = 'apq.results';
/** So many results have a view each; then another request takes the one that was used longest ago. */
const MOST_VIEWS = 12;
export const RESUME: ViewAction = { id: 'resume', label: 'Continue From Here' };

/** A request of a view, and the view. */
export interface PanelRequest {
  readonly panel: ResultPanel;
  readonly message: ViewRequest;
}

/** A record that was changed, and the name of its connection. */
export interface ChangedRecord {
  readonly connection: string;
  readonly module: string;
  readonly id: string;
}

export class ResultPanels implements vscode.Disposable {
  readonly #panels = new Set<ResultPanel>();
  readonly #subscription: vscode.Disposable;
  readonly #requests = new vscode.EventEmitter<PanelRequest>();
  readonly #left = new LeftEdits();
  /** Fires for requests of the views that their own runs do not handle. */
  readonly onRequest = this.#requests.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    /** Where results are stored while they are shown. */
    private readonly folder: string,
    private readonly output: Output,
  ) {
    this.#subscription = vscode.window.registerWebviewPanelSerializer(TYPE, {
      deserializeWebviewPanel: async (panel, state) => this.#revive(panel, state),
    });
    void removeOldSpools(folder);
  }

  get all(): readonly ResultPanel[] {
    return [...this.#panels];
  }

  /**
   * Returns the view for a run: that of its request, else a new one. Where there are many, it is the one that was used
   * longest ago; what changes a record does not take the view of records. Views in `keep` are not used: they show other
   * results of the same batch.
   */
  show(head: ViewHead, shown: ShownRun, keep: ReadonlySet<ResultPanel> = new Set()): ResultPanel {
    const panel = this.#free(head.request, keep, head) ?? this.#create(head.title);
    // The last one that is used is the last of the list.
    if (this.#panels.delete(panel)) this.#panels.add(panel);
    panel.begin(head, this.#spool(head.run), shown, this.#left.take(head));
    return panel;
  }

  /**
   * Marks what a refused run leaves standing: its earlier answer, and those of the requests after it, which were not run
   * either.
   */
  markEarlier(refused: string, notRun: readonly string[]): void {
    const shown = this.all.filter(
      ({ base, taken }) => !taken && base !== undefined && [refused, ...notRun].includes(base.request),
    );
    for (const panel of shown) panel.markEarlier('refused', (head) => head === panel.base);
  }

  /** Marks the views that show a record which was changed since, but for the one that shows the change. */
  markChanged({ connection, module, id }: ChangedRecord, own: ResultPanel): void {
    for (const panel of this.all) {
      if (panel === own) continue;
      panel.markEarlier(
        'changed',
        (head, records) =>
          head.method === 'GET' &&
          head.connection === connection &&
          nameKey(head.module) === nameKey(module) &&
          records.some((record) => idOf(record) === id),
      );
    }
  }

  /**
   * Returns the view that a run of this request uses, if there is one. A view with changes of cells that were not sent is
   * for a run that brings the same records only.
   */
  #free(request: string, keep: ReadonlySet<ResultPanel>, next?: ViewHead): ResultPanel | undefined {
    const target = next === undefined ? undefined : targetOf(next);
    const free = this.all.filter(
      (panel) => !panel.taken && !keep.has(panel) && (panel.edits === undefined || panel.target === target),
    );
    const other =
      next !== undefined && changesRecords(next)
        ? free.filter(({ base }) => base === undefined || changesRecords(base))
        : free;
    const own = free.find((each) => each.base?.request === request);
    return own ?? (this.#panels.size < MOST_VIEWS ? undefined : other[0]);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#requests.dispose();
  }

  #spool(id: string): ResultSpool {
    return new ResultSpool(this.folder, id, (error) =>
      this.output.error(`The results can’t be kept for a reload: ${String(error)}`),
    );
  }

  #create(title: string): ResultPanel {
    const column = this.all.length === 0 ? vscode.ViewColumn.Beside : undefined;
    const panel = vscode.window.createWebviewPanel(
      TYPE,
      forLabel(title),
      { viewColumn: column ?? lastColumn() ?? vscode.ViewColumn.Beside, preserveFocus: true },
      { retainContextWhenHidden: true, enableFindWidget: false },
    );
    return this.#adopt(panel);
  }

  #adopt(panel: vscode.WebviewPanel): ResultPanel {
    const result = new ResultPanel(panel, this.extensionUri);
    this.#panels.add(result);
    result.onRequest((message) => this.#requests.fire({ panel: result, message }));
    result.onDidDispose(() => {
      this.#panels.delete(result);
      void this.#left.offer(result, () => this.#reopen(result));
    });
    return result;
  }

  /** Opens a view again that was closed with changes of cells. */
  #reopen(closed: ResultPanel): void {
    this.#create(closed.title).takeOver(closed, this.#spool(closed.head?.run ?? newRunId()));
  }

  async #revive(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const known = v.safeParse(pageState, state);
    const run = known.success ? known.output.run.run : '';
    const kept = await readSpool(this.folder, run);
    const head = readHead(kept?.head);
    if (kept === undefined || head === undefined) {
      panel.dispose();
      return;
    }
    const result = this.#adopt(panel);
    // A run that was under way ended with its window.
    const ended: ViewHead =
      head.state === 'running' || head.state === 'paused'
        ? {
            ...head,
            state: 'stopped',
            error: !changesRecords(head)
              ? 'The window was closed while this ran. The records that had arrived are kept.'
              : `The window was closed before the answer arrived. ${MAYBE_WRITTEN}`,
          }
        : head;
    const unfinished = readUnfinished(kept.head);
    const actions = unfinished === undefined ? [] : [RESUME];
    const previous = head.previous === undefined ? undefined : this.#spool(head.previous.run);
    result.restore({ ...ended, actions }, kept.records, this.#spool(run), previous);
    result.keepUnfinished(unfinished);
  }
}

/** The part of the page's own state that names the result it showed. */
const pageState = v.object({ run: v.object({ run: v.string() }) });

/** Returns the column that already shows results: the next ones join them. */
function lastColumn(): vscode.ViewColumn | undefined {
  const group = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(TYPE)),
  );
  return group?.viewColumn;
}

export const newRunId = (): string => randomUUID();
