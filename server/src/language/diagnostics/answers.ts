/** `unselected-field`: values of answers that the answers don't hold. */
import { modelOf } from '../analysis/request-model';
import { unselected } from '../analysis/select-list';
import type { Reference } from '../syntax/references';
import { isWritableField } from '../syntax/writable-names';
import type { Check } from './check';

export const checkAnswers: Check = ({ model, symbols, report }) => {
  for (const reference of model.tree.references) {
    const field = fieldIn(reference);
    if (field === undefined || reference.target.kind !== 'response') continue;
    const { request } = reference.target;
    const tree = symbols.requests.get(request)?.[0]?.tree;
    if (tree?.request === undefined) continue;
    const source = modelOf(tree, model.platforms);
    if (source.meant !== 'GET' || source.endpoint !== 'data') continue;
    const name = source.module?.field(field)?.name ?? field;
    const missing = isWritableField(name) ? unselected(source, name) : undefined;
    if (missing === undefined) continue;
    report(
      'unselected-field',
      reference,
      `The answer of “${request}” has no ${name}: its $select does not ask for it.`,
      {
        fixes: [
          {
            title: `Add ${name} to $select of “${request}”`,
            preferred: true,
            edits: [],
            elsewhere: { tree, edits: [missing] },
          },
        ],
      },
    );
  }
};

/** The field of a record that a reference takes: `results[0].ID`, `results[*].ID`. */
function fieldIn({ target, closed }: Reference): string | undefined {
  if (target.kind !== 'response' || !closed) return undefined;
  const [list, index, field] = target.each === undefined ? target.path : [...target.path, 0, ...target.each];
  return list === 'results' && typeof index === 'number' && typeof field === 'string' ? field : undefined;
}
