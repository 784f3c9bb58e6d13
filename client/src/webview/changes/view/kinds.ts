/** The filter of the list: how many changes there are of each kind, and a text. */
import type { ChangeState } from '#core/writing/change-source';
import { type Formats, plural } from '../../data/formats';
import { button, find } from '../../view/dom';
import { redrawFor } from '../../view/redraw';
import { countsOf, STATES } from '../data/states';
import type { ChangesHead } from '../messages';

export class Kinds {
  readonly #chosen = new Set<ChangeState>();
  readonly #input = find('search') as HTMLInputElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {
    this.#input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(changed, 150);
    });
  }

  get states(): 'all' | readonly ChangeState[] {
    return this.#chosen.size === 0 ? 'all' : [...this.#chosen];
  }

  get text(): string {
    return this.#input.value.trim();
  }

  /** Returns false where there was no text to clear. */
  clearText(): boolean {
    if (this.#input.value === '') return false;
    this.#input.value = '';
    this.changed();
    return true;
  }

  show({ counts }: ChangesHead, formats: Formats): void {
    const all = countsOf(counts);
    redrawFor(find('counts'), [all, this.states, formats.locale], () =>
      all.map(([state, count]) =>
        button(
          `${STATES[state].mark} ${formats.count(count)} ${STATES[state].counted}`,
          () => this.#toggle(state),
          {
            class: `kind ${state}`,
            'data-key': state,
            'aria-pressed': String(this.#chosen.has(state)),
          },
        ),
      ),
    );
  }

  showFound(total: number | undefined, size: number, formats: Formats): void {
    const some = total !== undefined && (this.states !== 'all' || this.text !== '');
    find('found').textContent = some
      ? `${formats.count(total)} of ${plural(formats, size, 'change')}`
      : plural(formats, size, 'change');
  }

  #toggle(state: ChangeState): void {
    if (!this.#chosen.delete(state)) this.#chosen.add(state);
    this.changed();
  }
}
