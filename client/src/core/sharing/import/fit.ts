/** Imported requests in the middle of a file. */
import { LanguageService } from '#language';

/** What to insert at `offset` of `text`, so that `imported` stands on lines of its own and belongs to no other request. */
export function fitInto(text: string, offset: number, imported: string): string {
  const file = new LanguageService().parse(text).file;
  const block = file.blockAt(offset);
  const before = text.slice(0, offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  // Below a title that has no request yet, and in an empty file, that request is this one.
  const open = block.tree.request === undefined;
  const own = open && imported.startsWith('###\n') ? imported.slice(4) : imported;
  const gap = before.trim() === '' ? '' : open || /\n[ \t]*\r?\n[ \t]*$/.test(before) ? '' : '\n';
  const lead = line.trim() === '' ? gap : `\n${gap}`;
  // What follows goes on with a line of its own.
  return lead + (/^[ \t]*(?:\r?\n|$)/.test(text.slice(offset)) ? own.replace(/\n$/, '') : own);
}
