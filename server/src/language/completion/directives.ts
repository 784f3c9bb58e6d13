/** `# @name …` */
import type { Directive } from '../syntax/nodes';
import { codeSpan } from '../text/markdown';
import { between, endOf, type Span } from '../text/span';
import { DIRECTIVE_NAMES, directiveOf, type DirectiveRow, DIRECTIVES } from '../vocabulary/directives';
import { nextStep } from '../vocabulary/next-steps';
import type { CompletionContext } from './context';
import { completeExpectation } from './expectations';
import type { CompletionItem } from './items';

export function completeDirective(context: CompletionContext, directive: Directive): CompletionItem[] {
  const { model, offset } = context;
  if (offset > endOf(directive.name)) {
    const { value } = directive;
    // From the value to the cursor, with the space between them.
    const where: Span =
      value.length > 0
        ? between(Math.min(value.offset, offset), Math.max(endOf(value), offset))
        : { offset, length: 0 };
    return completeValue(context, directive, where);
  }
  const taken = new Set(
    model.tree.directives
      .filter((each) => each !== directive && directiveOf(each.name.text)?.repeats !== true)
      .map((each) => each.name.text),
  );
  // `expect` and other directives don’t take each other’s values.
  const written = directiveOf(directive.name.text)?.value.kind;
  const fits = ({ value }: DirectiveRow) =>
    directive.value.length === 0 ||
    value.kind === 'text' ||
    (value.kind === 'expectation') === (written === 'expectation');
  return DIRECTIVE_NAMES.filter((name) => !taken.has(name) && fits(DIRECTIVES[name])).map((name) => ({
    label: name,
    kind: 'directive',
    detail: DIRECTIVES[name].detail,
    documentation: `${DIRECTIVES[name].documentation}\n\n\`${DIRECTIVES[name].example}\``,
    replace: directive.name,
    insert: directive.value.length > 0 ? name : `${name} `,
    retrigger: hasChoices(DIRECTIVES[name]),
  }));
}

/** True when there is something to choose after the name. */
const hasChoices = ({ value }: DirectiveRow): boolean =>
  value.kind === 'read' ? value.offers.length > 0 : value.kind !== 'text';

function completeValue(context: CompletionContext, directive: Directive, replace: Span): CompletionItem[] {
  const value = directiveOf(directive.name.text)?.value;
  switch (value?.kind) {
    case 'connection':
      return completeConnection(context, replace);
    case 'expectation':
      return completeExpectation(context, directive.expectation);
    case 'read':
      return value.offers.map(({ text, detail }, rank) => ({
        label: text,
        kind: 'value',
        detail,
        replace,
        insert: text,
        rank,
      }));
    case 'text':
    case undefined:
      return [];
  }
}

function completeConnection(
  { model, offset, evaluation }: CompletionContext,
  replace: Span,
): CompletionItem[] {
  const { connections } = model.platforms;
  if (connections === undefined || connections.length === 0)
    return [
      {
        label: 'No connections known',
        kind: 'note',
        documentation: nextStep(evaluation.client, 'name-connection'),
        // It says something and writes nothing, so what is typed stays.
        replace: { offset, length: 0 },
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
