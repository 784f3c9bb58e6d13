/** Menus and small dialogs over the page, with the keys that menus have everywhere. */
import { find, icon, make } from './dom';
import { standsNow, takesFocus } from './redraw';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  /** The key that does the same, as text. */
  readonly key?: string;
  readonly checked?: boolean;
  readonly disabled?: boolean;
}

export type Anchor = HTMLElement | { readonly x: number; readonly y: number };

let close: (() => void) | undefined;

/** Closes the open popup and returns the focus to where it was. */
export function closePopup(): void {
  close?.();
}

/** `line` is a separator. */
export function openMenu(label: string, items: readonly (MenuItem | 'line')[], anchor: Anchor): void {
  const menu = make('div', { class: 'popup menu', role: 'menu', 'aria-label': label });
  const buttons: HTMLElement[] = [];
  for (const item of items) {
    if (item === 'line') {
      menu.append(make('div', { role: 'separator' }));
      continue;
    }
    const { checked, disabled = false } = item;
    const element = make(
      'div',
      {
        role: checked === undefined ? 'menuitem' : 'menuitemcheckbox',
        tabindex: -1,
        'aria-checked': checked === undefined ? undefined : String(checked),
        'aria-disabled': disabled ? 'true' : undefined,
      },
      make('span', { class: 'label' }, item.label),
      item.key === undefined ? undefined : make('span', { class: 'key' }, item.key),
    );
    if (!disabled)
      element.addEventListener('click', () => {
        closePopup();
        item.run();
      });
    element.addEventListener('pointermove', () => element.focus({ preventScroll: true }));
    menu.append(element);
    buttons.push(element);
  }
  menu.addEventListener('keydown', (event) => menuKey(event, buttons));
  menu.addEventListener('contextmenu', (event) => event.preventDefault());
  open(menu, anchor);
  buttons[0]?.focus();
}

function menuKey(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const at = items.findIndex((item) => item === document.activeElement);
  const go = (to: number) => items[(to + items.length) % items.length]?.focus();
  switch (event.key) {
    case 'ArrowDown':
      go(at + 1);
      break;
    case 'ArrowUp':
      go(at < 0 ? -1 : at - 1);
      break;
    case 'Home':
      go(0);
      break;
    case 'End':
      go(-1);
      break;
    case 'Enter':
    case ' ':
      items[at]?.click();
      break;
    case 'Tab':
      closePopup();
      break;
    default: {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
      const low = event.key.toLowerCase();
      const next = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      next.find((item) => item.textContent.trim().toLowerCase().startsWith(low))?.focus();
    }
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Opens a dialog next to its anchor; Escape and a click elsewhere close it. `closed` is called then. */
export function openDialog(
  label: string,
  content: readonly HTMLElement[],
  anchor: Anchor,
  closed?: () => void,
): void {
  const dialog = make(
    'div',
    { class: 'popup dialog', role: 'dialog', 'aria-label': label, tabindex: -1 },
    ...content,
  );
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return;
    const stops = [...dialog.querySelectorAll<HTMLElement>('input, select, button')].filter(
      (element) => element.offsetParent !== null,
    );
    const [first, last] = [stops[0], stops.at(-1)];
    if (event.shiftKey && document.activeElement === first) last?.focus();
    else if (!event.shiftKey && document.activeElement === last) first?.focus();
    else return;
    event.preventDefault();
  });
  open(dialog, anchor, closed);
  (
    dialog.querySelector<HTMLElement>('[data-first]') ??
    dialog.querySelector<HTMLElement>('input, select, button') ??
    dialog
  ).focus();
}

export function heading(text: string): HTMLElement {
  const cross = make(
    'button',
    { type: 'button', class: 'icon', 'aria-label': 'Close', title: 'Close' },
    icon('close'),
  );
  cross.addEventListener('click', () => closePopup());
  return make('div', { class: 'heading' }, make('strong', {}, text), cross);
}

/** An element and what it is in, from the inside out: what gets the focus where what had it is gone. */
function around(element: Element | null): readonly Element[] {
  const all: Element[] = [];
  for (let each = element; each !== null; each = each.parentElement) all.push(each);
  return all;
}

function open(popup: HTMLElement, anchor: Anchor, closed?: () => void): void {
  closePopup();
  const before = around(document.activeElement);
  // Within a landmark, although its position is fixed.
  find('views').append(popup);
  place(popup, anchor);
  const outside = (event: Event) => {
    if (event.target instanceof Node && popup.contains(event.target)) return;
    // A click elsewhere moves the focus there.
    done(event.type !== 'pointerdown');
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    done(true);
  };
  const done = (back: boolean) => {
    close = undefined;
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('resize', outside);
    document.removeEventListener('keydown', escape, true);
    popup.remove();
    closed?.();
    if (!back) return;
    for (const each of before) {
      const now = standsNow(each);
      if (now !== undefined && takesFocus(now)) return;
    }
  };
  close = () => done(true);
  document.addEventListener('pointerdown', outside, true);
  document.addEventListener('keydown', escape, true);
  window.addEventListener('resize', outside);
}

function place(popup: HTMLElement, anchor: Anchor): void {
  // What drew its anchor anew has the focus there.
  const at = anchor instanceof HTMLElement && !anchor.isConnected ? document.activeElement : anchor;
  const box = at instanceof Element ? at.getBoundingClientRect() : undefined;
  const wanted = anchor instanceof HTMLElement ? { x: box?.left ?? 0, y: (box?.bottom ?? 0) + 2 } : anchor;
  const { offsetWidth: width, offsetHeight: height } = popup;
  const [right, bottom] = [
    document.documentElement.clientWidth - 4,
    document.documentElement.clientHeight - 4,
  ];
  const above = wanted.y + height > bottom && box !== undefined ? box.top - height - 2 : bottom - height;
  popup.style.left = `${Math.max(4, Math.min(wanted.x, right - width))}px`;
  popup.style.top = `${Math.max(4, wanted.y + height > bottom ? above : wanted.y)}px`;
}
