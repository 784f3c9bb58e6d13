/** Names that the grammar can read where they would stand. Others are never offered: they would be an error. */
import { plainView } from '../text/view';
import { parseFilter } from './filter-parser';
import type { SyntaxProblem } from './problems';
import { readAddress } from './target-parser';
import { tokenize } from './tokens';

/** Metadata has a few thousand names. */
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

/** True when a filter and a list of fields read `name` as one field: `CF_Dietary needs` and `and` are not. */
export const isWritableField = remembered((name) => {
  // In an address these have a meaning before the filter is read.
  if (/[{}&#?+%\r\n]/.test(name)) return false;
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
