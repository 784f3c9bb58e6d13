/** `field op value`: `unknown-field`, `field-not-filterable`, `unknown-operator`, `unsupported-filter`, and the value. */
import { operatorsFor, withArticle } from '../analysis/field-types';
import { asWritten, comparisonFor, quote } from '../analysis/print-filter';
import { unreadableDay } from '../analysis/whole-days';
import type { FieldInfo } from '../catalog/catalog';
import type { Comparison, Value, Word } from '../syntax/nodes';
import { comparisonOf, functionOf, synonymOf, unsupportedOperatorOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { checkField, replace } from './check';
import { checkValueOf } from './values';

/** Checks the field of a condition. Returns it if it is known, even where it can't be filtered by. */
export function checkFilterField(context: CheckContext, word: Word): FieldInfo | undefined {
  const field = checkField(context, word);
  if (field?.filterable === false) {
    context.report(
      'field-not-filterable',
      word,
      `The platform can’t filter by ${field.name}. Filter the results instead, or choose another field.`,
    );
  }
  return field;
}

export function checkComparison(context: CheckContext, term: Comparison): void {
  const field = checkFilterField(context, term.field);
  const { operator, value } = term;
  if (operator !== undefined && operator.references.length === 0)
    checkOperator(context, term, operator, field);
  if (value === undefined) return;
  if (value.form === 'null') {
    const fixes =
      field?.type === 'string' && operator !== undefined && comparisonOf(operator.text) !== undefined
        ? [replace(value, "''", 'Compare with an empty value', false)]
        : [];
    context.report(
      'unsupported-filter',
      value,
      "The API has no null. If the field is text, compare it with an empty value: ''.",
      { fixes },
    );
    return;
  }
  // After arithmetic, the rest is not a value of this field.
  if (operator !== undefined && unsupportedOperatorOf(operator.text) !== undefined) return;
  // Reported with what means the whole day.
  if (unreadableDay(term, field?.type) !== undefined) return;
  const searches = operator !== undefined && functionOf(synonymOf(operator.text) ?? '') !== undefined;
  checkValueOf(context, value, searches ? undefined : field);
}

function checkOperator(
  context: CheckContext,
  term: Comparison,
  operator: Word,
  field: FieldInfo | undefined,
): void {
  const known = comparisonOf(operator.text);
  if (known !== undefined) {
    if (field !== undefined && field.filterable && !operatorsFor(field.type).includes(known)) {
      context.report(
        'type-mismatch',
        operator,
        `${field.name} is ${withArticle(field.type)}: compare it with ${operatorsFor(field.type).join(' or ')}.`,
      );
    }
    return;
  }
  const unsupported = unsupportedOperatorOf(operator.text);
  if (unsupported !== undefined) {
    const what = unsupported === 'has' ? '“has”' : `arithmetic (“${operator.text}”)`;
    context.report(
      'unsupported-filter',
      operator,
      `The API has no ${what}. Compare the field itself with a value.`,
    );
    return;
  }
  const better = synonymOf(operator.text);
  if (better === undefined) {
    context.report(
      'unknown-operator',
      operator,
      `The API has no operator “${operator.text}”. Write eq, ne, lt, le, gt or ge, or contains(${term.field.text},'text').`,
    );
    return;
  }
  const searches = functionOf(better);
  const rewritten = searches === undefined ? better : rewriteSearch(term.field, better, term.value);
  const where = searches === undefined ? operator : term;
  context.report(
    'unknown-operator',
    operator,
    `The API has no operator “${operator.text}”. Write ${rewritten ?? better}.`,
    {
      fixes:
        rewritten === undefined
          ? []
          : // SQL's LIKE without a wildcard could mean “equals”.
            [
              replace(
                where,
                rewritten,
                searches === undefined ? undefined : `Rewrite to ${rewritten}`,
                !(/like$/i.test(operator.text) && term.value?.text.includes('%') !== true),
              ),
            ],
    },
  );
}

/** `Label like '%aid%'` means `contains(Label,'aid')`. */
function rewriteSearch(field: Word, better: string, value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = value.text;
  if (text.includes('%') && text.replace(/^%/, '').replace(/%$/, '').includes('%')) return undefined;
  const [starts, ends] = [text.endsWith('%'), text.startsWith('%')];
  const name = better !== 'contains' || starts === ends ? better : starts ? 'startswith' : 'endswith';
  const plain = better === 'contains' ? text.replace(/^%/, '').replace(/%$/, '') : text;
  return comparisonFor(field.text, name, value.form === 'variable' ? asWritten.value(value) : quote(plain));
}
