/** `# @name …` */
import type { Directive } from '../syntax/nodes';
import { endOf, type Span } from '../text/span';
import type { CompletionContext } from './context';
import type { CompletionItem } from './items';

const DIRECTIVES: readonly { readonly name: string; readonly detail: string; readonly insert: string }[] = [
  { name: 'name', detail: 'a name, to take values from this request’s answer', insert: 'name ' },
  { name: 'connection', detail: 'the connection to run on', insert: 'connection ' },
  { name: 'pages', detail: 'how many pages to fetch', insert: 'pages ' },
  { name: 'description', detail: 'what this request is for', insert: 'description ' },
];

export function completeDirective(
  { model, offset }: CompletionContext,
  directive: Directive,
): CompletionItem[] {
  if (offset > endOf(directive.name)) {
    if (directive.name.text !== 'pages') return [];
    const where: Span = directive.value.length > 0 ? directive.value : { offset, length: 0 };
    return ['all', '2', '5', '10'].map((text, rank) => ({
      label: text,
      kind: 'value',
      detail: text === 'all' ? 'every page' : 'pages',
      replace: where,
      insert: text,
      rank,
    }));
  }
  const taken = new Set(
    model.tree.directives.filter((each) => each !== directive).map((each) => each.name.text),
  );
  return DIRECTIVES.filter(({ name }) => !taken.has(name)).map(({ name, detail, insert }) => ({
    label: name,
    kind: 'directive',
    detail,
    replace: directive.name,
    insert: directive.value.length > 0 ? name : insert,
    retrigger: name === 'pages',
  }));
}
