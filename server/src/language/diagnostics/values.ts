/** The value of a condition: `missing-quotes`, `type-mismatch`, `bad-date`, `unsupported-filter`, `text-case`, `unknown-value`. */
import { ignoresCase } from '../analysis/dialect';
import { readValue, type ValuePlace } from '../analysis/filter-values';
import { knownValues } from '../analysis/known-values';
import { quote } from '../analysis/print-filter';
import type { Value } from '../syntax/nodes';
import { nameKey } from '../text/names';
import { nearest } from '../text/nearest';
import { endOf } from '../text/span';
import { comparisonOf } from '../vocabulary/filter-words';
import { type CheckContext, replace } from './check';

/** Reports what the API can't read of the value, with what to write instead: for sure only where that makes sense by itself. */
export function checkValueOf(context: CheckContext, value: Value, place: ValuePlace, mayBeSure = true): void {
  const { model, report } = context;
  const reading = readValue(value, place);
  switch (reading.kind) {
    case 'fine':
      checkKnown(context, value, place);
      return;
    case 'none':
      report(reading.code, value, reading.noDate ?? reading.why, {
        ...(reading.noDate === undefined ? {} : { next: 'write-date' }),
        fixes: (reading.either ?? []).map((text) => replace(value, text, `Write ${text}`, false)),
      });
      return;
    case 'better': {
      const { code, why, text, sure, isHint } = reading;
      report(code, value, sentence(why, text), {
        // A quote right behind it may be its own, and what it quotes is unsure.
        fixes: /['"‘’“”]/.test(model.tree.text.charAt(endOf(value)))
          ? []
          : [replace(value, text, `Write ${text}`, sure && mayBeSure)],
        ...(isHint === true ? { severity: 'information' } : {}),
      });
    }
  }
}

/** `text-case`: a known value in another case, where that matters. `unknown-value`: a slip of a known value. */
function checkKnown({ model, report }: CheckContext, value: Value, place: ValuePlace): void {
  const { field, operator, meaning } = place;
  const compared = comparisonOf(operator ?? '');
  const { catalog, module } = model;
  if ((compared !== 'eq' && compared !== 'ne') || value.references.length > 0) return;
  if (field === undefined || catalog === undefined || module?.field(field.name) !== field) return;
  const text = meaning.textOf(value);
  const values = knownValues(catalog, module, field).map((each) => each.value);
  if (text === undefined || values.includes(text)) return;
  const writing = (known: string) => replace(value, quote(known), `Write ${quote(known)}`, false);
  const same = values.find((each) => nameKey(each) === nameKey(text));
  if (same !== undefined) {
    if (!ignoresCase(meaning.traits))
      report('text-case', value, `This platform tells “${text}” from “${same}”. Write ${quote(same)}.`, {
        fixes: [writing(same)],
      });
    return;
  }
  const near = nearValues(text, values);
  const [first] = near;
  if (first === undefined) return;
  report(
    'unknown-value',
    value,
    `“${text}” is none of the known values of ${field.name}. Do you mean ${quote(first)}? If the value is new, leave it.`,
    { fixes: near.map(writing) },
  );
}

/** The known values that a text may be a slip of. None where one value is known, and so no list, and none of numbered ones. */
function nearValues(text: string, values: readonly string[]): string[] {
  if (values.length < 2 || text.length < 3 || /\d/.test(text)) return [];
  // A longer text says more than the known value in it: “Full now”.
  return nearest(text, values, {
    isOffered: (value) =>
      value.length >= text.length - 2 && !/\d|\{\{/.test(value) && beginsAlike(value, text),
  });
}

/** Slips leave the first letters of words alone; “Unpaid” and “Paid”, “North East” and “North West” are two values. */
function beginsAlike(one: string, other: string): boolean {
  const firsts = (text: string) =>
    nameKey(text)
      .split(/\s+/)
      .map((word) => word.charAt(0));
  const [own, others] = [firsts(one), firsts(other)];
  return own.length === others.length ? own.join('') === others.join('') : own[0] === others[0];
}

/** The sentence of a type says what to write; others end where the text to write follows. */
function sentence(why: string, text: string): string {
  if (why.endsWith('.')) return why;
  return why.endsWith('Write') ? `${why} ${text}.` : `${why}: ${text}.`;
}
