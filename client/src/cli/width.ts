/** Tables on standard output: how wide they may be, and how they look. */
import { PIPE_WIDTH, type TextTable } from '#core/results/text-table';
import type { Part } from './color';

/** Of standard output: that of the terminal, else COLUMNS, else what a pipe gets. */
export function outputWidth(): number {
  if (process.stdout.isTTY && process.stdout.columns > 0) return process.stdout.columns;
  const { COLUMNS: written = '' } = process.env;
  return /^[1-9]\d{0,4}$/.test(written) ? Number(written) : PIPE_WIDTH;
}

/** The parts of a table, each line with its end. */
export const partsOfTable = ({ head, body: [rule = '', ...rows] }: TextTable): Part[] => [
  { look: 'head', text: head },
  { look: 'aside', text: `\n${rule}\n` },
  { text: rows.map((row) => `${row}\n`).join('') },
];
