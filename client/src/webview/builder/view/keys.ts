/**
 * Keys that VS Code would have the page carry out in its own way. Undo and redo are the document's, which are the only
 * ones; what is typed into a field and not yet in the file is undone by the field itself.
 */
import { isUntold } from '../../view/dom';
import type { FromBuilder } from '../messages';

export function listenForKeys(send: (message: FromBuilder) => void): void {
  keepFocus();
  document.addEventListener(
    'keydown',
    (event) => {
      if (isSelectAll(event)) {
        // VS Code would select once more, a moment later, what is typed by then.
        event.stopImmediatePropagation();
        return;
      }
      const wanted = wantedBy(event);
      if (wanted === undefined || isTyping()) return;
      // VS Code would have the page undo, which knows nothing of the file.
      event.preventDefault();
      event.stopImmediatePropagation();
      send({ type: wanted });
    },
    { capture: true },
  );
}

function wantedBy({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (altKey || ctrlKey === metaKey) return undefined;
  switch (key.toLowerCase()) {
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return ctrlKey && !shiftKey ? 'redo' : undefined;
    default:
      return undefined;
  }
}

const isSelectAll = ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'a' &&
  ctrlKey !== metaKey &&
  !shiftKey &&
  !altKey &&
  document.activeElement instanceof HTMLInputElement;

/** Whether something is typed that is not in the file. */
function isTyping(): boolean {
  const { activeElement } = document;
  return (
    activeElement instanceof HTMLInputElement &&
    (activeElement.type === 'search' ? activeElement.value !== '' : isUntold(activeElement))
  );
}

/** Undo needs the editor for a moment: when the page is in use again, the focus is where it was. */
function keepFocus(): void {
  let last: HTMLElement | undefined;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target !== document.body) last = target;
  });
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body && last?.isConnected === true) last.focus();
  });
}
