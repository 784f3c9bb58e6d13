/** How many changes wait to be sent, and what can be done with them all. */
import { plural } from '../data/formats';
import type { Context } from './context';
import { button, find } from './dom';
import type { Editing } from './editing';

/** Returns a function that draws it again. */
export function editsBar(context: Context, editing: Editing, review: () => void): () => void {
  const { model, head } = context;
  const mode = button('Edit', () => {
    editing.typing = !editing.typing;
    context.grid.focusCell();
  });
  mode.className = 'plain';
  find('buttons').prepend(mode);
  const text = find('edited');
  const buttons = find('edit-buttons');
  const again = button('Review Changes', review, {
    title: 'Review Changes (Ctrl+S): nothing is sent before you agree',
  });
  const revert = button('Revert All', () => {
    editing.revertAll();
    context.grid.focusCell();
  });
  buttons.append(again, revert);
  return () => {
    const { edits, formats } = model;
    const lock = head()?.readOnly;
    mode.setAttribute('aria-pressed', String(editing.typing));
    mode.disabled = lock !== undefined;
    mode.title =
      lock ?? 'Typing changes cells (F2 or a double click edits one); nothing is sent before you agree';
    buttons.hidden = edits.cells === 0;
    text.textContent =
      edits.cells === 0
        ? ''
        : `${plural(formats, edits.cells, 'change')} in ${plural(formats, edits.records, 'record')}`;
  };
}
