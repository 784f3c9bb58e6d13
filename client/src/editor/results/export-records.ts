/** *Export* of the results view: to a file, which is written whole or not at all, or to the clipboard. */
import * as vscode from 'vscode';
import { exportText } from '#core/results/export';
import { type ExportColumn, exportColumns } from '#core/results/export-column';
import { type ExportFormat, formatOfName, FORMATS } from '#core/results/formats';
import type { ApiRecord } from '#core/results/read-page';
import { isRecord } from '#core/values/kind-of';
import { readJson } from '#core/values/read-json';
import type { FromView } from '#webview/messages';
import { setContext } from '../workbench/commands';
import { showFailure } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { replaceFile } from '../workbench/replace-file';
import { tellWritten } from '../workbench/written-file';
import { aboutResult } from './about-result';
import { askForFile } from './ask-for-file';
import type { ResultPanel } from './panel';

type Message = Extract<FromView, { type: 'export' }>;

export async function exportRecords(panel: ResultPanel, message: Message, worker: string): Promise<void> {
  const { format, to } = message;
  const { records, columns, one } = chosen(panel, message);
  const about = aboutResult(panel, message.table === undefined ? records.length : panel.records.length);
  const count = `${records.length.toLocaleString('en-GB')} ${records.length === 1 ? one : `${one}s`}`;
  const { name, extension } = FORMATS[format];
  const uri =
    to === 'file'
      ? await askForFile(panel, `Export ${count}`, extension, { [name]: [extension] })
      : undefined;
  if (to === 'file' && uri === undefined) return;
  const named = uri === undefined ? undefined : formatOfName(uri.path);
  if (named !== undefined && named !== format) {
    void showFailure(
      `Nothing was exported. The name ends as that of a ${FORMATS[named].name} file, and this is ${name}. Let it end in .${extension}.`,
    );
    return;
  }
  await inNotification(
    `Exporting ${count}…`,
    async ({ signal, report }) => {
      let notes: readonly string[] = [];
      const chunks: Uint8Array[] = [];
      try {
        for await (const chunk of exportText(records, {
          format,
          columns,
          title: panel.title,
          ...(about && { about }),
          worker,
          bom: to === 'file',
          signal,
          onNotes: (told) => (notes = told),
          onProgress: (done, of) => report(undefined, (done / Math.max(1, of)) * 100),
        }))
          chunks.push(chunk);
        const bytes = Buffer.concat(chunks);
        if (uri === undefined) await vscode.env.clipboard.writeText(bytes.toString('utf8'));
        else await replaceFile(uri, bytes);
        done(count, format, uri, notes);
      } catch (error) {
        if (signal.aborted) return;
        void showFailure(`Nothing was exported. ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    { cancellable: true },
  );
}

interface Chosen {
  readonly records: readonly ApiRecord[];
  readonly columns: readonly ExportColumn[];
  /** What one of them is called. */
  readonly one: 'record' | 'group';
}

/** The rows of the panel, or a table that the view made of them. */
function chosen(panel: ResultPanel, { columns, rows, table }: Message): Chosen {
  if (table !== undefined) {
    const records = readJson(table.json);
    return {
      records: Array.isArray(records) ? records.filter(isRecord) : [],
      // Its figures are worked out.
      columns: table.columns.map((column) => ({ ...column, computed: true })),
      one: 'group',
    };
  }
  const all = panel.records;
  return {
    records: rows === 'all' ? all : rows.map((index) => all[index]).filter((record) => record !== undefined),
    columns: exportColumns(columns, panel.head?.fields ?? [], panel.head?.method === 'SQL'),
    one: 'record',
  };
}

function done(
  count: string,
  format: ExportFormat,
  uri: vscode.Uri | undefined,
  notes: readonly string[],
): void {
  setContext('apq.hasExported', true);
  if (uri === undefined) {
    vscode.window.setStatusBarMessage(`$(check) ${count} copied as ${FORMATS[format].name}`, 4000);
    return;
  }
  void tellWritten([`${count} exported to ${uri.path.split('/').at(-1) ?? ''}.`, ...notes].join(' '), uri);
}
