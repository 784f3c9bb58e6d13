/** Names that the grammar can read in their place. Others are never offered: they would be errors. */
import { plainView } from '../text/view';
import { parseFilter } from './filter-parser';
import type { SyntaxProblem } from './problems';
import { readAddress } from './target-parser';
import { tokenize } from './tokens';

/** More than the few thousand names that metadata has. */
const MAX_KNOWN = 20_000;

const remembered = (read: (name: string) => boolean) => {
  const known = new Map<string, boolean>();
  return (name: string): boolean => {
    let writable = known.get(name);
    if (writable === undefined) {
      writable = read(name);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(name, writable);
    }
    return writable;
  };
};

/** True when filters and lists of fields read `name` as one field, unlike `CF_Dietary needs` or `and`. */
export const isWritableField = remembered((name) => {
  // An address gives these a meaning before the filter is read.
  if (/[{}&#?+%\s]/.test(name)) return false;
  const text = `${name} eq 'x'`;
  const problems: SyntaxProblem[] = [];
  const span = { offset: 0, length: text.length };
  const { terms } = parseFilter(tokenize(plainView(text, 0, text.length)), span, problems);
  const [term] = terms;
  return (
    problems.length === 0 &&
    terms.length === 1 &&
    term?.kind === 'comparison' &&
    term.field.text === name &&
    term.operator?.text === 'eq'
  );
});

/** True when a request line reads `name` as its module. */
export const isWritableModule = remembered((name) => {
  const { module, id, form, parameters } = readAddress(name);
  return (
    name !== '' &&
    module === name &&
    id === undefined &&
    form === 'module' &&
    parameters.length === 0 &&
    !name.includes('{')
  );
});
