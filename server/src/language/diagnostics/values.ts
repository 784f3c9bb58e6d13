/** The value of a condition: `missing-quotes`, `type-mismatch`, `bad-date`. */
import { checkValue } from '../analysis/field-types';
import { isWholeValue, quote } from '../analysis/print-filter';
import type { FieldInfo } from '../catalog/catalog';
import type { Value } from '../syntax/nodes';
import type { CheckContext } from './check';
import { replace, staticText } from './check';

/** `field` is undefined where its type is not known. */
export function checkValueOf(context: CheckContext, value: Value, field: FieldInfo | undefined): void {
  const text = staticText(context, value);
  const verdict =
    text === undefined || field === undefined || !value.closed ? undefined : checkValue(field.type, text);
  const bare = value.form === 'number' || value.form === 'boolean';
  // For a bare value of the wrong type, quotes are not worth a second message.
  if (!bare || verdict?.ok !== false) checkQuotes(context, value, text);
  if (field === undefined || verdict === undefined || verdict.ok) return;
  const better = verdict.better;
  context.report(verdict.code, value, `${field.name}: ${verdict.message}`, {
    fixes:
      better === undefined || value.references.length > 0
        ? []
        : [replace(value, quote(better), `Write ${quote(better)}`)],
  });
}

function checkQuotes({ report }: CheckContext, value: Value, text: string | undefined): void {
  const quoted = quote(value.text);
  const fixes = [replace(value, quoted, `Write ${quoted}`)];
  if (value.prefix !== undefined) {
    report('unsupported-filter', value, `The API has no “${value.prefix}” before a value. Write ${quoted}.`, {
      fixes,
    });
    return;
  }
  switch (value.form) {
    case 'quoted':
    case 'null':
      return;
    case 'double-quoted':
      report('missing-quotes', value, `Values need single quotes: ${quoted}.`, { fixes });
      return;
    case 'curly-quoted':
      report(
        'missing-quotes',
        value,
        `These are typographic quotes. Values need plain single quotes: ${quoted}.`,
        { fixes },
      );
      return;
    case 'number':
    case 'boolean':
      report(
        'missing-quotes',
        value,
        `The guide quotes every value: ${quoted}. The API also takes a bare ${value.form === 'number' ? 'number' : 'true or false'}.`,
        { fixes, severity: 'information' },
      );
      return;
    case 'text':
      report('missing-quotes', value, `Write the value in single quotes: ${quoted}.`, { fixes });
      return;
    case 'variable':
      // A variable may bring its own quotes, or be a number.
      if (text === undefined || isWholeValue(text)) return;
      report('missing-quotes', value, `The variable’s value is text without quotes. Write ${quoted}.`, {
        fixes,
      });
      return;
  }
}
