/** `$select` and `$orderby`: `unknown-field`, `field-not-sortable`, `duplicate-field`. */
import { meantField } from '../analysis/meant-field';
import { ignoresUnknownFields } from '../analysis/paging';
import { type CatalogModule, type FieldInfo, fieldKey } from '../catalog/catalog';
import type { FieldItem, Word } from '../syntax/nodes';
import { isWritableField } from '../syntax/writable-names';
import { between, endOf, textOf } from '../text/span';
import { endsStep } from '../text/steps';
import { checkAllFields } from './all-fields';
import type { CheckContext, LongCheck } from './check';
import { checkField, replace } from './check';
import { checkCount, checkFigures } from './select-figures';
import { checkDirection, checkDirections } from './sort-words';

export const checkSelect: LongCheck = function* (context) {
  const { model } = context;
  const clause = model.clause('$select');
  const value = clause?.value;
  if (clause === undefined || value?.kind !== 'fields') return;
  const checked = ignoresUnknownFields(model.traits) ? lenient(context) : context;
  checkFigures(context, clause, value.items);
  const written = runsIn(value.items);
  if (checkCount(context, clause, written)) return;
  const runs = checkAllFields(context, clause, value.items, written);
  for (const [index, run] of runs.entries()) {
    if (endsStep(index)) yield;
    checkRun(context, run, (word) => checkField(checked, word));
  }
  // In “Cost, everything but Cost”, none is there twice.
  const asked = new Set(runs.flat());
  checkDuplicates(context, value.items, (field) => asked.has(field));
};

/** Where the platform ignores an unknown name, the records come, but without that column. */
const lenient = (context: CheckContext): CheckContext => ({
  ...context,
  report: (code, where, message, options) =>
    context.report(code, where, `${message} This platform leaves the column out, without a word.`, {
      ...options,
      severity: 'warning',
    }),
});

export const checkOrder: LongCheck = function* (context) {
  const value = context.model.clause('$orderby')?.value;
  if (value?.kind !== 'order') return;
  for (const [index, item] of value.items.entries()) {
    if (endsStep(index)) yield;
    const { field: first, more = [] } = item;
    if (first === undefined || checkDirection(context, [first, ...more], value.items, index)) continue;
    if (checkDirections(context, item)) continue;
    checkRun(context, [first, ...more], (word) => checkSorting(context, word));
  }
  checkDuplicates(context, value.items);
};

function checkSorting(context: CheckContext, word: Word): void {
  const field = checkField(context, word, undefined, ({ sortable }) => sortable !== false);
  if (field?.sortable !== false) return;
  context.report(
    'field-not-sortable',
    word,
    `The platform can’t sort by ${field.name}. Sort the results instead, or choose another field.`,
  );
}

/** The fields between two commas: more than one where a comma is missing, or where a name has spaces. */
function runsIn(items: readonly FieldItem[]): Word[][] {
  const runs: Word[][] = [];
  for (const { field, runsOn } of items) {
    if (field === undefined) continue;
    if (runsOn === true && runs.length > 0) runs.at(-1)?.push(field);
    else runs.push([field]);
  }
  return runs;
}

/** Words without a comma between them: the words of one field, such as `Venue town`, are tried first. */
function checkRun(context: CheckContext, run: readonly Word[], check: (word: Word) => void): void {
  const [first, second] = run;
  const last = run.at(-1);
  if (first === undefined || second === undefined || last === undefined) {
    if (first !== undefined) check(first);
    return;
  }
  const { module } = context.model;
  const where = between(first.offset, endOf(last));
  const named = module === undefined ? undefined : fieldIn(run, module);
  if (module !== undefined && named !== undefined) {
    const written = textOf(context.model.tree.text, where);
    context.report('unknown-field', where, `${module.name} has no field “${written}”. Write ${named.name}.`, {
      fixes: [replace(where, named.name)],
    });
    return;
  }
  const words = run.map(({ text }) => text.toLowerCase());
  const alias = words.length === 3 && words[1] === 'as';
  if (alias || words[0] === 'distinct') {
    const kept = alias ? first : second;
    context.report(
      'unexpected-text',
      where,
      alias
        ? 'The API has no “as”: a field keeps its name. Rename the column in the results.'
        : 'The API has no “distinct”. Group the results, or ask them with a SQL request.',
      { fixes: [replace(where, kept.text, `Write ${kept.text}`)] },
    );
    return;
  }
  context.report('unexpected-text', between(second.offset, endOf(last)), 'Separate the fields with commas.', {
    fixes: [
      {
        title: run.length === 2 ? 'Insert a comma' : 'Insert commas',
        preferred: true,
        edits: run.slice(0, -1).map((word) => ({ offset: endOf(word), length: 0, text: ',' })),
      },
    ],
  });
  for (const word of run) check(word);
}

/** The one field that the words mean, with or without those around it: `Venue town`, `first name`, `names only`. */
function fieldIn(run: readonly Word[], module: CatalogModule): FieldInfo | undefined {
  const texts = run.map(({ text }) => text);
  const whole = module.field(texts.join(''));
  if (whole !== undefined) return whole;
  const kept = texts.filter((text) => !AROUND.has(text.toLowerCase()));
  const [only] = kept;
  if (only === undefined || kept.length > MOST_FIELD_WORDS) return undefined;
  if (kept.length === 1) return module.field(only) ?? sureField(only, module);
  return sureField(kept.join(' '), module);
}

const sureField = (text: string, module: CatalogModule): FieldInfo | undefined => {
  const meant = meantField(text, module, ({ name }) => isWritableField(name));
  return meant?.isSure === true ? meant.field : undefined;
};

/** What people write around the names of fields. */
const AROUND: ReadonlySet<string> = new Set(['just', 'only', 'the', 'please']);

/** More words than the label of a field has. */
const MOST_FIELD_WORDS = 4;

function checkDuplicates(
  { model, report }: CheckContext,
  items: readonly FieldItem[],
  isAsked: (field: Word) => boolean = () => true,
): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const { field } = item;
    if (field === undefined || field.references.length > 0 || !isAsked(field)) continue;
    const key = fieldKey(model.module, field.text);
    const previous = items[index - 1];
    if (seen.has(key) && previous !== undefined) {
      const from = endOf(previous);
      report('duplicate-field', field, `“${field.text}” appears twice. Remove one.`, {
        fixes: [
          {
            title: 'Remove it',
            preferred: true,
            edits: [{ offset: from, length: endOf(item) - from, text: '' }],
          },
        ],
      });
    }
    seen.add(key);
  }
}
