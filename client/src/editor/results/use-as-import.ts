/** *Use as Import*: the records of a result as a file, and the page that imports it. */
import * as vscode from 'vscode';
import { ColumnNames } from '#core/results/columns';
import { toCsv } from '#core/results/csv';
import { replaceFile } from '../workbench/replace-file';
import { askForFile } from './ask-for-file';
import type { ResultPanel } from './panel';

/** The file is the user's: its journal and the rows that fail lie beside it. */
export async function useAsImport(panel: ResultPanel): Promise<void> {
  const uri = await askForFile(panel, 'Save the Records to Import', 'csv', { CSV: ['csv'] });
  if (uri === undefined) return;
  const columns = new ColumnNames(panel.head?.select);
  columns.add(panel.records);
  await replaceFile(uri, Buffer.from(toCsv(panel.records, columns.list(), { bom: true })));
  await vscode.commands.executeCommand('apq.importRecords', uri);
}
