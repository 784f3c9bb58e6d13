/** Fits imported requests into the middle of a file. */
import { LanguageService } from '#language';

/** Returns what to insert at `offset`, so that `imported` is on lines of its own and part of no other request. */
export function fitInto(text: string, offset: number, imported: string): string {
  const file = new LanguageService().parse(text).file;
  const block = file.blockAt(offset);
  const before = text.slice(0, offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  // Below a title that has no request yet, and in an empty file, no new block is needed.
  const open = block.tree.request === undefined;
  const own = open && imported.startsWith('###\n') ? imported.slice(4) : imported;
  const gap = before.trim() === '' ? '' : open || /\n[ \t]*\r?\n[ \t]*$/.test(before) ? '' : '\n';
  const lead = line.trim() === '' ? gap : `\n${gap}`;
  // The text that follows begins on a line of its own.
  return lead + (/^[ \t]*(?:\r?\n|$)/.test(text.slice(offset)) ? own.replace(/\n$/, '') : own);
}
