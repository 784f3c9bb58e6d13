/** `unexpected-text` for a number of records behind a bare text: `Status = Full limit 10`. */
import { readValue } from '../analysis/filter-values';
import { knownKeys } from '../analysis/known-values';
import { quote } from '../analysis/print-filter';
import { lineEndAt, lineStart } from '../syntax/lines';
import type { Comparison } from '../syntax/nodes';
import { nameKey } from '../text/names';
import { endOf } from '../text/span';
import { type CheckContext, replace } from './check';
import type { TermPlace } from './rewriting';

/** True where the value ends the clause with such words: then this is all that is said of it. */
export function checkLimit(
  context: CheckContext,
  { operator, value, field: name }: Comparison,
  place: TermPlace,
): boolean {
  const { clause, meaning } = place;
  const { model, report } = context;
  if (value?.form !== 'text' || value.references.length > 0) return false;
  if (clause.origin === 'address' || clause.marker !== undefined || endOf(value) !== endOf(clause.valueSpan))
    return false;
  const [, text = '', word = '', count = ''] =
    /^(\S+(?: \S+)*?) (limit|top|take|first) (\d+)$/i.exec(value.text) ?? [];
  const known = knownKeys(model, name.text);
  // A text may have any of these words in it, but only “limit” is hardly ever there by itself.
  const isLimit = /^limit$/i.test(word) || known.has(nameKey(text));
  if (text === '' || !isLimit || known.has(nameKey(value.text)) || model.clause('$top') !== undefined)
    return false;
  const reading = readValue(
    { ...value, text, written: undefined },
    { field: meaning.field(name.text), operator: operator?.text, meaning },
  );
  if (reading.kind === 'none') return false;
  const eol = lineEndAt(model.tree.text, lineStart(model.tree.text, value.offset));
  const whole = quote(value.written ?? value.text);
  report(
    'unexpected-text',
    value,
    `The number of records is a clause of its own: write ${reading.text}, and $top = ${count} on the next line. If the text has these words in it, write ${whole}.`,
    {
      fixes: [
        replace(
          value,
          `${reading.text}${eol}$top = ${count}`,
          `Write ${reading.text}, and $top = ${count} on the next line`,
        ),
        replace(value, whole, `Write ${whole}`, false),
      ],
    },
  );
  return true;
}
