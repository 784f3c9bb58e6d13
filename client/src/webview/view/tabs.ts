/** The tabs (WAI-ARIA tabs pattern): arrows move among them. */
import { type TabName, TABS } from '../page';
import { find } from './dom';

/** By key: the next tab, from the present one and their count. */
const MOVES: ReadonlyMap<string, (at: number, count: number) => number> = new Map([
  ['ArrowRight', (at: number, count: number) => (at + 1) % count],
  ['ArrowLeft', (at: number, count: number) => (at - 1 + count) % count],
  ['Home', () => 0],
  ['End', (_: number, count: number) => count - 1],
]);

export class Tabs {
  current: TabName = 'grid';

  constructor(private readonly shown: (name: TabName, focus: boolean) => void) {
    const bar = find('tabs');
    bar.addEventListener('click', (event) => {
      const name = nameOf(event.target);
      if (name !== undefined) this.show(name);
    });
    bar.addEventListener('keydown', (event) => {
      const names = TABS.map(([name]) => name).filter((name) => !find(`tab-${name}`).hidden);
      const at = names.indexOf(this.current);
      const to = MOVES.get(event.key)?.(at, names.length);
      const next = to === undefined ? undefined : names[to];
      if (next === undefined) return;
      event.preventDefault();
      this.show(next);
      find(`tab-${next}`).focus();
    });
  }

  /** With `focus`, the view gets the focus, not its tab. */
  show(name: TabName, focus = false): void {
    this.current = name;
    for (const [each] of TABS) {
      const [tab, view] = [find(`tab-${each}`), find(`view-${each}`)];
      const on = each === name;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      view.hidden = !on;
    }
    this.shown(name, focus);
  }

  offer(name: TabName, on: boolean): void {
    find(`tab-${name}`).hidden = !on;
    if (!on && this.current === name) this.show('grid');
  }
}

const nameOf = (target: EventTarget | null): TabName | undefined => {
  const id = target instanceof Element ? target.closest('[role=tab]')?.id.slice('tab-'.length) : undefined;
  return TABS.map(([name]) => name).find((name) => name === id);
};
