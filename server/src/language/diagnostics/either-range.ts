/** The fixes of a range whose dates can be read in two ways. */
import { readValue } from '../analysis/filter-values';
import type { Range, Value } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import type { CheckContext } from './check';
import { rewritingFixes, rewritten, type TermPlace } from './rewriting';

/** `between 05/06/2026 and 07/06/2026`: both ways to read it, each of them for both ends. */
export function eitherRange(context: CheckContext, term: Range, place: TermPlace): Fix[] {
  const at = { field: place.meaning.field(term.field.text), operator: 'ge', meaning: place.meaning };
  const readings = (value: Value): readonly Value[] => {
    const reading = readValue(value, at);
    const either = reading.kind === 'none' ? (reading.either ?? []) : [];
    const texts = either.length === 0 ? [undefined, undefined] : either;
    return texts.map((text) =>
      text === undefined
        ? value
        : { ...value, form: 'quoted', text: text.slice(1, -1).replace('T00:00:00', '') },
    );
  };
  const [lows, highs] = [readings(term.low), readings(term.high)];
  return lows.flatMap((low, index) => {
    const read = rewritten({ ...term, low, high: highs[index] ?? term.high }, place.meaning);
    return read.ok ? rewritingFixes(context, term, place, { ...read, sure: false }) : [];
  });
}
