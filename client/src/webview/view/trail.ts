/** The way back from related records: the results that they were reached from, and a button for each. */
import type { ViewHead } from '../messages';
import { button, find, iconButton, make } from './dom';
import { redrawFor } from './redraw';

/** `back` returns to a result by its place in the trail. */
export function drawTrail({ trail = [] }: ViewHead, back: (to: number) => void): void {
  const host = find('trail');
  host.hidden = trail.length === 0;
  redrawFor(host, trail, () => [
    iconButton('left', 'Back (Alt+Left)', () => back(trail.length - 1)),
    ...trail.flatMap((title, at) => [
      button(title, () => back(at), { class: 'plain link crumb', title: `Back to ${title}` }),
      make('span', { 'aria-hidden': 'true' }, '›'),
    ]),
  ]);
}

/** Whether Alt+Left goes back: not where it moves a column, or the cursor in a text. */
export const isBackKey = (event: KeyboardEvent): boolean =>
  event.key === 'ArrowLeft' &&
  event.altKey &&
  !(event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) &&
  !(event.target instanceof Element && event.target.matches('input:not([type=checkbox]), textarea, select'));
