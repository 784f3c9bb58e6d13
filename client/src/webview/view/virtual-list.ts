/** Lines of one height, of which the DOM holds those in view. */
import { Geometry } from '../data/geometry';
import { eachFrame, make } from './dom';
import { redrawAlike } from './redraw';

/** Where a key leads from a line. */
export const MOVES: ReadonlyMap<string, (line: number, page: number) => number> = new Map([
  ['ArrowDown', (line: number) => line + 1],
  ['ArrowUp', (line: number) => line - 1],
  ['PageDown', (line: number, page: number) => line + page],
  ['PageUp', (line: number, page: number) => line - page],
  ['Home', () => 0],
  ['End', () => Infinity],
]);

export class VirtualList {
  readonly element = make('div', { class: 'list' });
  readonly #surface = make('div', { class: 'surface' });
  readonly #body = make('div', { class: 'body' });
  readonly #geometry = new Geometry(0, 22, 0);
  readonly #draw = eachFrame(() => this.draw());

  constructor(
    private readonly line: (index: number) => HTMLElement,
    attributes: Readonly<Record<string, string | number>> = {},
  ) {
    for (const [name, value] of Object.entries(attributes)) this.#body.setAttribute(name, String(value));
    this.#surface.append(this.#body);
    this.element.append(this.#surface);
    this.element.addEventListener(
      'scroll',
      () => {
        this.#geometry.setBar(this.element.scrollTop);
        this.draw();
      },
      { passive: true },
    );
    this.element.addEventListener(
      'wheel',
      (event) => {
        if (!this.#geometry.scaled || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        this.#geometry.move(this.#geometry.top + event.deltaY);
        this.#draw();
      },
      { passive: false },
    );
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  set count(count: number) {
    this.#geometry.rows = count;
    this.draw();
  }

  /** Changes an attribute of the list, as screen readers have it. */
  describe(name: string, value: string | number): void {
    this.#body.setAttribute(name, String(value));
  }

  /** How many lines fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.#geometry.view / this.#geometry.rowHeight) - 1);
  }

  reveal(index: number): void {
    this.#geometry.reveal(index);
    this.draw();
  }

  draw(): void {
    const { element } = this;
    if (element.clientHeight === 0) return;
    const geometry = this.#geometry;
    geometry.rowHeight = parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 22;
    geometry.view = element.clientHeight;
    geometry.move(geometry.top);
    this.#surface.style.height = `${geometry.height}px`;
    if (Math.abs(element.scrollTop - geometry.bar) > 1) element.scrollTop = geometry.bar;
    const { from, to } = geometry.window(8);
    const hadFocus = this.#body.contains(document.activeElement);
    const lines: HTMLElement[] = [];
    for (let index = from; index < to; index++) lines.push(this.line(index));
    redrawAlike(this.#body, lines);
    this.#body.style.transform = `translateY(${from * geometry.rowHeight - geometry.top + element.scrollTop}px)`;
    if (hadFocus)
      (this.#body.querySelector<HTMLElement>('[tabindex="0"]') ?? this.element).focus({
        preventScroll: true,
      });
  }
}
