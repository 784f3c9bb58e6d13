/** The buttons at the bottom: the deed and *Cancel*; and after the deed, what can be done next. */
import { button, find, make } from '../../view/dom';
import { redrawFor } from '../../view/redraw';
import type { ChangesHead, FromChanges } from '../messages';

export function showDecision(head: ChangesHead, send: (message: FromChanges) => void): void {
  const { phase, deed, typed, report, size } = head;
  const host = find('decision');
  host.hidden = phase === 'sending';
  const version = phase === 'asking' ? head.version : 0;
  redrawFor(host, [phase, deed, typed, report?.actions, version, size], () => {
    switch (phase) {
      case 'asking':
        return [
          ...deedButtons(head, send),
          button('Cancel', () => send({ type: 'cancel' }), { id: 'cancel' }),
          ...(size === 1
            ? [button('Show Request', () => send({ type: 'request', row: 1 }), { class: 'plain link' })]
            : []),
        ];
      case 'ended':
        return [
          ...(report?.actions ?? []).map(({ id, label }) =>
            button(label, () => send({ type: 'press', id }), { 'data-action': id, 'data-key': id }),
          ),
          button('Close', () => send({ type: 'cancel' })),
        ];
      default:
        return [];
    }
  });
}

function deedButtons(
  { deed, typed, version }: ChangesHead,
  send: (message: FromChanges) => void,
): HTMLElement[] {
  if (deed === undefined) return [];
  const agree = button(deed, () => send({ type: 'agree', typed: input.value.trim(), version }), {
    class: 'primary',
    id: 'deed',
  });
  const input = make('input', { id: 'typed', type: 'text', autocomplete: 'off', spellcheck: 'false' });
  if (typed === undefined) return [agree];
  const fits = () => input.value.trim() === typed;
  agree.disabled = true;
  input.addEventListener('input', () => (agree.disabled = !fits()));
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    // One key more than typing: Enter leads to the button.
    if (fits()) agree.focus();
  });
  return [make('label', { class: 'typed' }, make('span', {}, `Type ${typed} to confirm:`), input), agree];
}

/**
 * Whether Enter anywhere on the page agrees: only to one change that is neither in production nor has to be typed, and
 * only where nothing else would take the key. A key that is held down does not count: it may be from the editor.
 */
export function agreesByEnter(
  event: KeyboardEvent,
  { phase, production, deed, typed, size }: ChangesHead,
): boolean {
  const plain = !event.repeat && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const free = event.target === document.body || event.target === find('title');
  return (
    event.key === 'Enter' &&
    plain &&
    free &&
    phase === 'asking' &&
    !production &&
    deed !== undefined &&
    typed === undefined &&
    size === 1
  );
}
