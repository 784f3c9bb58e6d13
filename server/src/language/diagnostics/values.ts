/** The value of a condition: `missing-quotes`, `type-mismatch`, `bad-date`, `unsupported-filter`. */
import { readValue, type ValuePlace } from '../analysis/filter-values';
import type { Value } from '../syntax/nodes';
import { endOf } from '../text/span';
import { type CheckContext, replace } from './check';

/** Reports what the API can't read of the value, with what to write instead. */
export function checkValueOf({ model, report }: CheckContext, value: Value, place: ValuePlace): void {
  const reading = readValue(value, place);
  switch (reading.kind) {
    case 'fine':
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

/** The sentence of a type says what to write; others end where the text to write follows. */
function sentence(why: string, text: string): string {
  if (why.endsWith('.')) return why;
  return why.endsWith('Write') ? `${why} ${text}.` : `${why}: ${text}.`;
}
