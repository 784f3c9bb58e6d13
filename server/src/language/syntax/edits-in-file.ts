/** From edits of a block to edits of the file. */
import { endOf, type TextEdit } from '../text/span';
import { escapeForAddress } from '../text/view';
import { FILE_START } from './problems';
import type { Block } from './source-file';

/** The edit with offsets of the file. What it writes into a query is the text that is meant, not yet encoded. */
export function editInFile({ offset, tree }: Block, edit: TextEdit): TextEdit {
  const target = tree.request?.target;
  const inQuery = target !== undefined && edit.offset >= target.pathEnd && endOf(edit) <= endOf(target);
  return {
    length: edit.length,
    offset: edit.offset === FILE_START ? 0 : edit.offset + offset,
    text:
      inQuery && (target.query.length > 0 || edit.text.startsWith('?'))
        ? escapeForAddress(edit.text, target.plus)
        : edit.text,
  };
}
