/** From what a user wants to the change that the language can write. */
import type { BuilderChange, BuilderOrder, BuilderPart, BuilderState } from '#language';
import type { PartRef, Wish } from '#webview/builder/messages';

/** What a wish is read against: the request as it stands by now. */
export interface Standing {
  readonly state: BuilderState;
  /** The names of its conditions. */
  readonly keys: readonly string[];
}

/** `gone`: what the wish is about is no longer there. `done`: there is nothing to change. */
export type Resolved = BuilderChange | 'gone' | 'done';

export function changeOf(wish: Wish, { state, keys }: Standing): Resolved {
  switch (wish.kind) {
    case 'module':
    case 'top':
    case 'pages':
      return wish;
    case 'add-field':
    case 'remove-field':
    case 'move-field':
    case 'all-fields':
      return selectOf(wish, state.select ?? []);
    case 'add-condition':
      // Its row may not have heard yet that it is there.
      return keys.includes(wish.key)
        ? conditionOf({ ...wish, kind: 'set-condition' }, keys.indexOf(wish.key))
        : { kind: 'add-condition', join: wish.join, condition: wish.condition };
    case 'set-condition':
    case 'set-join':
    case 'remove-condition':
    case 'fix-condition':
      return conditionOf(wish, keys.indexOf(wish.key));
    case 'add-order':
    case 'set-order':
    case 'remove-order':
    case 'move-order':
      return orderOf(wish, state.order);
  }
}

function selectOf(
  wish: Extract<Wish, { kind: `${string}-field` | 'all-fields' }>,
  select: readonly BuilderPart[],
): Resolved {
  if (wish.kind === 'all-fields') return { kind: 'select', fields: undefined };
  const fields = select.map(({ text }) => text);
  if (wish.kind === 'add-field')
    return fields.includes(wish.field) ? 'done' : { kind: 'select', fields: [...fields, wish.field] };
  const changed =
    wish.kind === 'remove-field' ? without(fields, wish.part) : moved(fields, wish.part, wish.by);
  if (typeof changed === 'string') return changed;
  return { kind: 'select', fields: changed.length === 0 ? undefined : changed };
}

function conditionOf(
  wish: Extract<Wish, { kind: 'set-condition' | 'set-join' | 'remove-condition' | 'fix-condition' }>,
  index: number,
): Resolved {
  if (index < 0) return 'gone';
  switch (wish.kind) {
    case 'set-condition':
      return { kind: 'set-condition', index, condition: wish.condition };
    case 'set-join':
      return { kind: 'set-join', index, join: wish.join };
    case 'remove-condition':
      return { kind: 'remove-condition', index };
    case 'fix-condition':
      return { kind: 'fix-condition', index, fix: wish.fix };
  }
}

function orderOf(wish: Extract<Wish, { kind: `${string}-order` }>, now: readonly BuilderOrder[]): Resolved {
  const order = now.map(({ text, descending }) => ({ text, descending }));
  const texts = order.map(({ text }) => text);
  switch (wish.kind) {
    case 'add-order':
      return texts.includes(wish.field)
        ? 'done'
        : { kind: 'order', order: [...order, { text: wish.field, descending: false }] };
    case 'set-order': {
      const index = indexOf(texts, wish.part);
      const { text, descending } = wish;
      return index < 0 ? 'gone' : { kind: 'order', order: order.with(index, { text, descending }) };
    }
    case 'remove-order':
    case 'move-order': {
      const changed =
        wish.kind === 'remove-order'
          ? without(order, wish.part, texts)
          : moved(order, wish.part, wish.by, texts);
      return typeof changed === 'string' ? changed : { kind: 'order', order: changed };
    }
  }
}

/** Where a part is by now: at its place, else where its text is. */
function indexOf(texts: readonly string[], { text, index }: PartRef): number {
  return texts[index] === text ? index : texts.indexOf(text);
}

function without<T>(list: readonly T[], part: PartRef, texts = list.map(String)): 'gone' | T[] {
  const index = indexOf(texts, part);
  return index < 0 ? 'gone' : list.toSpliced(index, 1);
}

function moved<T>(
  list: readonly T[],
  part: PartRef,
  by: number,
  texts = list.map(String),
): 'gone' | 'done' | T[] {
  const index = indexOf(texts, part);
  const found = list[index];
  if (found === undefined) return 'gone';
  if (index + by < 0 || index + by >= list.length) return 'done';
  return list.toSpliced(index, 1).toSpliced(index + by, 0, found);
}
