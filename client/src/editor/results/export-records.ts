/** *Export* of the results view: to a file, which is written whole or not at all, or to the clipboard. */
import * as vscode from 'vscode';
import { exportText } from '#core/results/export';
import { type ExportFormat, formatOfName, FORMATS, isStreamFormat } from '#core/results/formats';
import type { FromView } from '#webview/messages';
import { setContext } from '../workbench/commands';
import { showFailure, showInformation } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { replaceFile } from '../workbench/replace-file';
import { askForFile } from './ask-for-file';
import type { ResultPanel } from './panel';

type Message = Extract<FromView, { type: 'export' }>;

export async function exportRecords(
  panel: ResultPanel,
  { format, to, columns, rows }: Message,
  worker: string,
): Promise<void> {
  const all = panel.records;
  const records =
    rows === 'all' ? all : rows.map((index) => all[index]).filter((record) => record !== undefined);
  const count = `${records.length.toLocaleString('en-GB')} ${records.length === 1 ? 'record' : 'records'}`;
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
  const open = isStreamFormat(format) ? ['Open File'] : [];
  const sentence = [`${count} exported to ${uri.path.split('/').at(-1) ?? ''}.`, ...notes].join(' ');
  void showInformation(sentence, ...open).then((choice) =>
    choice === undefined ? undefined : vscode.window.showTextDocument(uri),
  );
}
