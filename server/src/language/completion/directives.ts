/** `# @name …` */
import type { Directive } from '../syntax/nodes';
import { codeSpan } from '../text/markdown';
import { endOf, type Span } from '../text/span';
import type { Platforms } from '../catalog/platforms';
import type { CompletionContext } from './context';
import { completeExpectation } from './expectations';
import type { CompletionItem } from './items';

const DIRECTIVES: readonly { readonly name: string; readonly detail: string; readonly insert: string }[] = [
  { name: 'name', detail: 'a name, to take values from this request’s answer', insert: 'name ' },
  { name: 'connection', detail: 'the connection to run on', insert: 'connection ' },
  { name: 'pages', detail: 'how many pages to fetch', insert: 'pages ' },
  { name: 'expect', detail: 'what the answer has to be', insert: 'expect ' },
  { name: 'description', detail: 'what this request is for', insert: 'description ' },
];

/** After these there is something to choose. */
const CHOICES = ['connection', 'expect', 'pages'];

export function completeDirective(context: CompletionContext, directive: Directive): CompletionItem[] {
  const { model, offset } = context;
  if (offset > endOf(directive.name)) {
    const where: Span = directive.value.length > 0 ? directive.value : { offset, length: 0 };
    if (directive.name.text === 'connection') return completeConnection(model.platforms, where);
    if (directive.name.text === 'expect') return completeExpectation(context, directive.expectation);
    if (directive.name.text !== 'pages') return [];
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
    model.tree.directives
      .filter((each) => each !== directive && each.name.text !== 'expect')
      .map((each) => each.name.text),
  );
  // An expectation is no other directive’s value, nor is another one’s value an expectation.
  const fits = (name: string) =>
    directive.value.length === 0 ||
    name === 'description' ||
    (name === 'expect') === (directive.name.text === 'expect');
  return DIRECTIVES.filter(({ name }) => !taken.has(name) && fits(name)).map(({ name, detail, insert }) => ({
    label: name,
    kind: 'directive',
    detail,
    replace: directive.name,
    insert: directive.value.length > 0 ? name : insert,
    retrigger: CHOICES.includes(name),
  }));
}

function completeConnection({ connections }: Platforms, replace: Span): CompletionItem[] {
  if (connections === undefined || connections.length === 0)
    return [
      {
        label: 'No connections known',
        kind: 'note',
        documentation:
          connections === undefined
            ? 'This editor told the language server of none. Write the connection’s name as it is in VS Code.'
            : 'Add one: run “APQ: Add Connection”.',
        replace: { offset: replace.offset, length: 0 },
        insert: '',
        filter: ' ',
      },
    ];
  return connections.map(({ name, root, production, catalog }) => ({
    label: name,
    kind: 'value',
    detail: production === true ? 'production' : 'connection',
    documentation: `${codeSpan(root)}${catalog === undefined ? '\n\nIts metadata has not been fetched yet.' : ''}`,
    replace,
    insert: name,
  }));
}
