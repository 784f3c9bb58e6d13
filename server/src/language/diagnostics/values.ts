/** The value of a condition: `missing-quotes`, `type-mismatch`, `bad-date`, `unsupported-filter`, `text-case`. */
import { ignoresCase } from '../analysis/dialect';
import { readValue, type ValuePlace } from '../analysis/filter-values';
import { quote } from '../analysis/print-filter';
import type { Value } from '../syntax/nodes';
import { nameKey } from '../text/names';
import { endOf } from '../text/span';
import { comparisonOf } from '../vocabulary/filter-words';
import { type CheckContext, replace } from './check';

/** Reports what the API can't read of the value, with what to write instead. */
export function checkValueOf({ model, report }: CheckContext, value: Value, place: ValuePlace): void {
  const reading = readValue(value, place);
  switch (reading.kind) {
    case 'fine':
      checkCase(report, value, place);
      return;
    case 'none':
      report(reading.code, value, reading.why);
      return;
    case 'better': {
      const { code, why, text, sure, isHint } = reading;
      report(code, value, sentence(why, text), {
        // A quote right behind it may be its own, and what it quotes is unsure.
        fixes: /['"‘’“”]/.test(model.tree.text.charAt(endOf(value)))
          ? []
          : [replace(value, text, `Write ${text}`, sure)],
        ...(isHint === true ? { severity: 'information' } : {}),
      });
    }
  }
}

/** `text-case`: a known value in another case, where that matters. */
function checkCase(
  report: CheckContext['report'],
  value: Value,
  { field, operator, meaning }: ValuePlace,
): void {
  const compared = comparisonOf(operator ?? '');
  if (ignoresCase(meaning.traits) || (compared !== 'eq' && compared !== 'ne')) return;
  const text = meaning.textOf(value);
  const values = field?.values ?? [];
  if (text === undefined || values.includes(text)) return;
  const known = values.find((each) => nameKey(each) === nameKey(text));
  if (known === undefined) return;
  const better = quote(known);
  report('text-case', value, `This platform tells “${text}” from “${known}”. Write ${better}.`, {
    fixes: value.references.length > 0 ? [] : [replace(value, better, `Write ${better}`, false)],
  });
}

/** The sentence of a type says what to write; others end where the text to write follows. */
function sentence(why: string, text: string): string {
  if (why.endsWith('.')) return why;
  return why.endsWith('Write') ? `${why} ${text}.` : `${why}: ${text}.`;
}
