/** `unsupported-parameter`, `duplicate-clause`, `clause-not-allowed`: which parameters a request may have. */
import { skipAdvice, skipsRecords } from '../analysis/paging';
import { quote } from '../analysis/print-filter';
import { parametersFor, type RequestModel } from '../analysis/request-model';
import type { Traits } from '../catalog/traits';
import { lineEndAt } from '../syntax/lines';
import type { Clause } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { isSure, nearest } from '../text/nearest';
import { between, endOf } from '../text/span';
import {
  otherParameter,
  PARAMETER_NAMES,
  type ParameterName,
  parameterOf,
  PARAMETERS,
} from '../vocabulary/parameters';
import { type Check, type CheckContext } from './check';
import { clauseRemoval } from './check';

export const checkClauses: Check = ({ model, report }) => {
  const allowed = parametersFor(model.meant, model.endpoint);
  const seen = new Map<string, Clause>();
  for (const clause of model.tree.clauses) {
    const { name } = clause;
    if (name.text === '' || (name.text === '$' && clause.equals === undefined)) {
      report(
        'missing-value',
        clause.name.length > 0 ? clause.name : { offset: clause.marker?.offset ?? clause.offset, length: 1 },
        `Write a parameter: ${allowed.join(', ') || '$filter'}.`,
      );
      continue;
    }
    const parameter = parameterOf(name.text);
    if (parameter === undefined) {
      if (model.endpoint !== 'token') unknownParameter(clause, allowed, { model, report });
      continue;
    }
    const first = seen.get(parameter);
    if (first !== undefined) {
      report(
        'duplicate-clause',
        name,
        `${parameter} appears twice. Keep one${parameter === '$filter' ? ', and join the conditions with “and”' : ''}.`,
        {
          fixes: [
            ...joined(model, first, clause),
            {
              ...clauseRemoval(model.tree, clause, `Remove this ${parameter}`),
              preferred: first.view.text.trim() === clause.view.text.trim(),
            },
          ],
        },
      );
    } else seen.set(parameter, clause);
    if (!allowed.includes(parameter)) {
      const method = model.meant ?? 'GET';
      report('clause-not-allowed', name, notAllowed(parameter, method, model.endpoint === 'data'), {
        fixes: [
          {
            ...clauseRemoval(model.tree, clause, `Remove ${parameter}`),
            // A condition may have been meant for another parameter or method.
            preferred: PARAMETERS[parameter].value !== 'filter',
          },
        ],
      });
    }
  }
};

/** The fix that makes one clause of two: conditions joined by `and`, fields by a comma. None where an “or” would be read otherwise, or in an address. */
function joined({ tree }: RequestModel, first: Clause, clause: Clause): Fix[] {
  if (first.origin === 'address' || clause.origin === 'address') return [];
  // A comment behind it is no value.
  if (first.valueSpan.length === 0 || clause.valueSpan.length === 0) return [];
  const [one, two] = [first.view.text.trim(), clause.view.text.trim()];
  if (one === two || /[\r\n]/.test(two)) return [];
  const removal = clauseRemoval(tree, clause, '');
  const write = (title: string, text: string): Fix => ({
    title,
    edits: [{ offset: endOf(first.valueSpan), length: 0, text }, ...removal.edits],
  });
  switch (first.value.kind) {
    case 'filter': {
      const isMixed = [first, clause].some(
        ({ value }) => value.kind === 'filter' && value.filter.joins.some(({ op }) => op === 'or'),
      );
      const [start] = clause.value.kind === 'filter' ? clause.value.filter.terms : [];
      // What stands before its first condition, such as “&”, has no place between two.
      const isBroken = start?.offset !== clause.valueSpan.offset;
      return isMixed || isBroken ? [] : [write('Join both with “and”', ` and ${two}`)];
    }
    case 'fields':
    case 'order':
      return [write('Join both', `, ${two}`)];
    case 'plain':
      return [];
  }
}

function unknownParameter(
  clause: Clause,
  allowed: readonly ParameterName[],
  { model, report }: Pick<CheckContext, 'model' | 'report'>,
): void {
  const { name } = clause;
  const withDollar = name.text.startsWith('$') ? name.text : `$${name.text}`;
  if (reportPages(clause, { model, report })) return;
  if (reportCondition(clause, { model, report })) return;
  const { why, meant, counts } = otherParameter(withDollar);
  const known = parameterOf(withDollar) ?? meant;
  const near =
    known === undefined
      ? nearest(withDollar, PARAMETER_NAMES).flatMap((each) => parameterOf(each) ?? [])
      : [known];
  const hint =
    near.length === 0 ? undefined : `Did you mean ${near.map((each) => `“${each}”`).join(' or ')}?`;
  const advice =
    why ??
    (counts === undefined ? undefined : skipAdvice(counts, model.traits)) ??
    doubt(clause, known, model.traits) ??
    hint ??
    (allowed.length === 0 ? 'Remove it.' : `Write one of ${allowed.join(', ')}, or remove it.`);
  report('unsupported-parameter', name, `The API has no parameter “${name.text}”. ${advice}`, {
    fixes: near.flatMap((each, index) =>
      !allowed.includes(each) || model.clause(each) !== undefined
        ? []
        : renaming(model, clause, each, index === 0 && (known !== undefined || isSure(withDollar, near))),
    ),
  });
}

/** `$pages = all`: the directive that fetches several pages. */
function reportPages({ name, view, offset, length, origin }: Clause, { model, report }: Reporting): boolean {
  const [, pages] = /^(all|\d{1,4})$/i.exec(view.text.trim()) ?? [];
  // A page with a number is one of them, not that many.
  const isCount =
    /^\$?pages$/i.test(name.text) || (/^\$?page$/i.test(name.text) && /^all$/i.test(pages ?? ''));
  if (!isCount || pages === undefined || origin === 'address') return false;
  const { tree } = model;
  const directive = `# @pages ${pages.toLowerCase()}`;
  const start = tree.request?.offset ?? offset;
  const eol = lineEndAt(tree.text, start);
  report(
    'unsupported-parameter',
    name,
    `The API has no parameter “${name.text}”. Write ${directive} above the request.`,
    {
      fixes: [
        {
          title: `Write ${directive} above the request`,
          preferred: true,
          edits: [
            { offset: start, length: 0, text: `${directive}${eol}` },
            { offset, length, text: '' },
          ],
        },
      ],
    },
  );
  return true;
}

/** `Status = 'Full'` on a line of its own, or in an address: a field of the module is no parameter. */
function reportCondition(
  { name, view, valueSpan, equals, origin }: Clause,
  { model, report }: Reporting,
): boolean {
  const field = model.module?.field(name.text);
  if (field === undefined || equals === undefined || valueSpan.length === 0) return false;
  const text = view.text.trim();
  const value = /^'.*'$/s.test(text) ? text : quote(text.replace(/^"(.*)"$/s, '$1'));
  const better = `$filter${origin === 'address' ? '=' : ' = '}${field.name} eq ${value}`;
  const where = between(name.offset, endOf(valueSpan));
  const isThere = model.clause('$filter') !== undefined || model.meant !== 'GET';
  report(
    'unsupported-parameter',
    where,
    `${field.name} is a field: a condition belongs into $filter. Write ${better}.`,
    {
      fixes: isThere
        ? []
        : [
            {
              title: `Write ${better}`,
              preferred: true,
              adds: '$filter',
              edits: [{ ...where, text: better }],
            },
          ],
    },
  );
  return true;
}

type Reporting = Pick<CheckContext, 'model' | 'report'>;

/** What to write where the parameter of that name would not mean the same. */
function doubt({ name, view }: Clause, known: ParameterName | undefined, traits: Traits): string | undefined {
  const text = view.text.trim();
  if (known === '$count' && /^\d+$/.test(text))
    return `Write $count = true for the total number of records, or $top = ${text} for that many records.`;
  return known === '$skip' && !name.text.startsWith('$') && !skipsRecords(traits)
    ? 'If $skip is meant: it counts pages, not records.'
    : undefined;
}

/** The values of `$count`, and those of OData’s `$inlinecount`. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['allpages', 'true'],
  ['false', 'false'],
  ['none', 'false'],
]);

/** The fix that writes the parameter's name; none where the value could not be one of the parameter. */
function renaming(
  { tree, traits }: Pick<RequestModel, 'tree' | 'traits'>,
  clause: Clause,
  to: ParameterName,
  sure: boolean,
): Fix[] {
  const { name, equals, view, valueSpan } = clause;
  const text = view.text.trim();
  const title = `Replace with “${to}”`;
  const rename = { offset: name.offset, length: name.length, text: to };
  // Elsewhere, “skip” counts records.
  const preferred = sure && (to !== '$skip' || name.text.startsWith('$') || skipsRecords(traits));
  // Without a value, or with something else in its name, the clause would be wrong in another way.
  if (text === '' || (equals === undefined && /^\S/.test(tree.text.slice(endOf(name))))) return [];
  if (text.includes('{{')) return [{ title, preferred, adds: to, edits: [rename] }];
  switch (PARAMETERS[to].value) {
    case 'boolean': {
      const meaning = MEANINGS.get(text.toLowerCase());
      return meaning === undefined
        ? []
        : [{ title, preferred, adds: to, edits: [rename, { ...valueSpan, text: meaning }] }];
    }
    case 'number':
      return /^\d+$/.test(text) ? [{ title, preferred, adds: to, edits: [rename] }] : [];
    case 'filter':
    case 'fields':
    case 'order':
      return [{ title, preferred, adds: to, edits: [rename] }];
  }
}

function notAllowed(parameter: string, method: string, data: boolean): string {
  if (!data) return `This address takes no parameters. Remove ${parameter}.`;
  if (parameter === '$upsert')
    return `$upsert belongs to POST: POST user with ${PARAMETERS.$upsert.example}.`;
  if (method === 'POST') return `${parameter} belongs to GET. A POST takes only $upsert.`;
  return `${parameter} belongs to GET. ${method} works on the one record whose ID follows the module.`;
}
