/**
 * Drawing parts of the page anew while somebody uses them: the focus, what is typed there, and how far it is scrolled go
 * on with what stands for the same.
 */
import { writeJson } from '#core/values/write-json';
import { isUntold, make } from './dom';

/** What can have the focus. */
const STOPS = 'button, input, select, textarea, summary, [tabindex]';
/** Stops that are told apart by their texts; those of others may be long. */
const TOLD_BY_TEXT = 'button, summary';

/** What took the place of an element that was drawn anew. */
const successors = new WeakMap<Element, HTMLElement>();

/** Returns an element, or what stands for it now if it was drawn anew. */
export function standsNow(element: Element | null): HTMLElement | undefined {
  let now = element instanceof HTMLElement ? element : undefined;
  while (now !== undefined && !now.isConnected) now = successors.get(now);
  return now;
}

/** Shows other children. Returns false where they had the focus and none of the new ones can take it. */
export const redraw = (host: HTMLElement, ...children: readonly HTMLElement[]): boolean =>
  swap([...host.children], children, () => host.replaceChildren(...children));

/** What the children of elements were made for. */
const drawn = new WeakMap<HTMLElement, string>();

/** Shows what `make` makes of some data, which must be all that it knows; only where they are others than the last time. */
export function redrawFor(host: HTMLElement, data: unknown, make: () => readonly HTMLElement[]): boolean {
  const key = writeJson(data);
  if (drawn.get(host) === key) return true;
  drawn.set(host, key);
  return redraw(host, ...make());
}

/** The user has changed what is shown: the same data are drawn anew the next time. */
export const forget = (host: HTMLElement): boolean => drawn.delete(host);

/** Shows other children, none of which acts by itself: those that look as before stay, and with them what is selected there. */
export function redrawAlike(host: HTMLElement, children: readonly HTMLElement[]): void {
  const old = new Set(host.children);
  const next = children.map((child) => {
    const same = [...old].find((each) => each.isEqualNode(child));
    if (same === undefined) return child;
    old.delete(same);
    return same;
  });
  for (const each of old) each.remove();
  for (const [at, each] of next.entries())
    if (host.children[at] !== each) host.insertBefore(each, host.children[at] ?? null);
}

/** Replaces the options of a list to choose from, where they differ: a list that is open would close. */
export function setOptions(
  list: HTMLSelectElement,
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
): void {
  const same =
    list.options.length === options.length &&
    options.every((each, index) => {
      const there = list.options[index];
      return there?.value === each.value && there.text === each.label;
    });
  if (!same)
    list.replaceChildren(...options.map((each) => make('option', { value: each.value }, each.label)));
  if (list.value !== value) list.value = value;
}

/** Puts an element in the place of another. */
export function replace(old: HTMLElement, next: HTMLElement): void {
  swap([old], [next], () => old.replaceWith(next));
}

function swap(old: readonly Element[], next: readonly Element[], change: () => void): boolean {
  const focused = document.activeElement;
  const [before, after] = [stopsOf(old), stopsOf(next)];
  const at = before.findIndex((each) => each === focused);
  const kept = succeed(before, after);
  quietly(change);
  for (const keep of kept) keep();
  if (at < 0) return true;
  const same = standsNow(focused);
  // It may be disabled or hidden now.
  return [...(same === undefined ? [] : [same]), ...after.slice(at), ...after].some(takesFocus);
}

/** A field that goes from the page is not left by the user: what is half typed in it is not told. */
function quietly(change: () => void): void {
  const stop = (event: Event) => event.stopImmediatePropagation();
  const types = ['change', 'blur', 'focusout'];
  for (const type of types) window.addEventListener(type, stop, { capture: true });
  try {
    change();
  } finally {
    for (const type of types) window.removeEventListener(type, stop, { capture: true });
  }
}

const stopsOf = (roots: readonly Element[]): readonly HTMLElement[] =>
  roots.flatMap((root) => [
    ...(root instanceof HTMLElement && root.matches(STOPS) ? [root] : []),
    ...root.querySelectorAll<HTMLElement>(STOPS),
  ]);

/** By what a stop is found again: its ID, `data-key`, or what it is called. */
function keyOf(stop: HTMLElement): string {
  const name = stop.getAttribute('aria-label') ?? (stop.matches(TOLD_BY_TEXT) ? stop.textContent : '');
  return `${stop.tagName} ${stop.dataset['key'] ?? (stop.id || name)}`;
}

/** Finds a successor for each stop: of the same key, or else in the same place. Returns what makes them go on from there. */
function succeed(before: readonly HTMLElement[], after: readonly HTMLElement[]): readonly (() => void)[] {
  const byKey = new Map<string, HTMLElement[]>();
  for (const each of after) {
    const list = byKey.get(keyOf(each));
    if (list === undefined) byKey.set(keyOf(each), [each]);
    else list.push(each);
  }
  return before.flatMap((old, at) => {
    const same = byKey.get(keyOf(old))?.shift();
    const next = same ?? after[Math.min(at, after.length - 1)];
    if (next === undefined || next === old) return [];
    successors.set(old, next);
    return same === undefined ? [] : goOn(old, same);
  });
}

/** What is to be done once the new stop is in the page. */
function goOn(old: HTMLElement, next: HTMLElement): readonly (() => void)[] {
  const { scrollTop, scrollLeft } = old;
  if (old.parentElement instanceof HTMLDetailsElement && next.parentElement instanceof HTMLDetailsElement)
    next.parentElement.open = old.parentElement.open;
  const isText = old instanceof HTMLInputElement && next instanceof HTMLInputElement;
  if (isText && document.activeElement === old) {
    const { selectionStart: start, selectionEnd: end, selectionDirection: direction } = old;
    if (isUntold(old)) next.value = old.value;
    // Only texts have a caret.
    if (start !== null) next.setSelectionRange(start, end, direction ?? undefined);
  }
  return scrollTop === 0 && scrollLeft === 0
    ? []
    : [
        () => {
          next.scrollTop = scrollTop;
          next.scrollLeft = scrollLeft;
        },
      ];
}

/** Gives an element the focus, if it can have it. */
export function takesFocus(element: HTMLElement): boolean {
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}
