/** Small helpers for the DOM. Text is never read as markup, and its control characters are made visible. */
import { visibleLines } from '../data/formats';
import { afterPress } from './press';

type Child = Node | string | undefined;

interface Attributes {
  readonly [name: string]: string | number | boolean | undefined;
}

/** Attributes that people read. */
const READ = new Set(['title', 'aria-label']);

/** Makes an element; false and undefined leave an attribute out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      element.setAttribute(
        key,
        value === true ? '' : READ.has(key) ? visibleLines(String(value)) : String(value),
      );
  for (const child of children)
    if (child !== undefined) element.append(typeof child === 'string' ? visibleLines(child) : child);
  return element;
}

export function button(
  label: string,
  press: (event: MouseEvent) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const element = make('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', press);
  return element;
}

/** Makes a button with an icon; its name is its tooltip and is read aloud. */
export function iconButton(
  name: IconName,
  label: string,
  press: (event: MouseEvent) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const element = button('', press, { 'aria-label': label, title: label, class: 'icon', ...attributes });
  element.append(icon(name));
  return element;
}

const ICONS = {
  up: 'M3 10.5 8 5l5 5.5',
  down: 'M3 5.5 8 11l5-5.5',
  right: 'M5.5 3 11 8l-5.5 5',
  left: 'M10.5 3 5 8l5.5 5',
  close: 'M4 4l8 8M12 4l-8 8',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1.5V8.5z',
  pin: 'M6 2.5h4l-.5 5 2 2h-7l2-2zM8 9.5V14',
  add: 'M8 3v10M3 8h10',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  ascending: 'M8 13V3.5M4.5 7 8 3.5 11.5 7',
  descending: 'M8 3v9.5M4.5 9 8 12.5 11.5 9',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
} as const;

type IconName = keyof typeof ICONS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

export const find = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
};

/** Announces a text through screen readers only. */
export function announce(text: string): void {
  find('announcement').textContent = visibleLines(text);
}

/** Returns a function that does the work at most once per frame, and not while a button of the mouse is pressed. */
export function eachFrame(work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() =>
      afterPress(() => {
        asked = false;
        work();
      }),
    );
  };
}

/** Whether somebody has typed something that the extension has not heard yet. */
export const isUntold = ({ value, dataset }: HTMLInputElement): boolean =>
  dataset['told'] !== undefined && value !== dataset['told'];
