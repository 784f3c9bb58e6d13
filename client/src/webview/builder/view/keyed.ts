/** Rows that stay in the page while what they show changes, so that focus and caret stay where they are. */
import { standsNow } from '../../view/redraw';

export interface Row<T> {
  readonly element: HTMLElement;
  update(item: T, index: number, count: number): void;
}

export class KeyedRows<T> {
  #rows = new Map<string, Row<T>>();

  /** `rest`: what gets the focus when the last row goes that had it. */
  constructor(
    private readonly container: HTMLElement,
    private readonly rest: () => HTMLElement | undefined,
    private readonly keyOf: (item: T, index: number) => string,
    private readonly makeRow: (item: T, key: string) => Row<T>,
  ) {}

  show(items: readonly T[]): void {
    const focused = document.activeElement;
    const at = [...this.container.children].findIndex((each) => each.contains(focused));
    const rows = new Map<string, Row<T>>();
    for (const [index, item] of items.entries()) {
      const key = this.keyOf(item, index);
      const row = this.#rows.get(key) ?? this.makeRow(item, key);
      row.update(item, index, items.length);
      rows.set(key, row);
    }
    for (const [key, { element }] of this.#rows) if (!rows.has(key)) element.remove();
    this.#rows = rows;
    for (const [index, { element }] of [...rows.values()].entries())
      if (this.container.children[index] !== element)
        this.container.insertBefore(element, this.container.children[index] ?? null);
    if (at >= 0 && standsNow(focused) !== document.activeElement) this.#focusAgain(focused, at);
  }

  /** What is moved in the page loses the focus, and what went leaves it to what has its place. */
  #focusAgain(focused: Element | null, at: number): void {
    if (!(focused instanceof HTMLElement)) return;
    if (!focused.isConnected) {
      const row = this.container.children[Math.min(at, this.container.children.length - 1)];
      const same = row?.querySelector<HTMLElement>(`[data-does="${focused.dataset['does'] ?? ''}"]`);
      (same ?? this.rest())?.focus();
      return;
    }
    focused.focus();
    // At the first place there is nothing to move up.
    if (document.activeElement === focused) return;
    const row =
      this.container.children[[...this.container.children].findIndex((each) => each.contains(focused))];
    row?.querySelector<HTMLElement>('button:enabled')?.focus();
  }
}

/** Texts with their number among equal ones, as keys. */
export function keyOfText<T extends { readonly text: string }>(items: () => readonly T[]) {
  return ({ text }: T, index: number): string =>
    `${text}\n${
      items()
        .slice(0, index)
        .filter((each) => each.text === text).length
    }`;
}
