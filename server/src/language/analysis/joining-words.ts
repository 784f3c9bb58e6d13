/** How a filter that mixes `and` with `or` is read, with the fields as the names of its conditions: `Status and (ID or Label)`. */
import type { Term } from '../syntax/nodes';
import type { Reading } from './joining';

export const shapeOf = (reading: Reading): string =>
  reading.kind === 'term'
    ? name(reading.term)
    : reading.parts
        .map((part) => (part.kind === 'term' ? shapeOf(part) : `(${shapeOf(part)})`))
        .join(` ${reading.kind} `);

function name(term: Term): string {
  switch (term.kind) {
    case 'comparison':
    case 'in':
    case 'between':
      return term.field.text;
    case 'function':
      return term.arguments[0]?.word?.text ?? term.name.text;
    case 'opaque':
      return term.word.text;
    case 'foreign':
    case 'group':
    case 'not':
    case 'bad':
      return '…';
  }
}
