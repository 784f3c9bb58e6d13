/** `unsupported-parameter`, `duplicate-clause`, `clause-not-allowed`: which parameters a request may have. */
import { EXAMPLES, PARAMETERS, parameterOf } from '../syntax/clause-parser';
import type { Clause } from '../syntax/nodes';
import type { Check } from './check';
import { clauseRemoval, nearestFixes, replace } from './check';
import { parametersFor } from '../analysis/request-model';

const WHY: Readonly<Record<string, string>> = {
  $expand: 'Related records are modules of their own: query them by ID.',
  $search: "Use contains(field,'text') in $filter.",
  $apply: 'Fetch the records and sum them up in the results.',
  $format: 'The API always answers in JSON.',
  $inlinecount: 'Write $count = true.',
  $page: 'Write $skip = the number of the page, from 0.',
  $limit: 'Write $top = the number of records.',
  $where: "Write $filter = field eq 'value'.",
  $sort: 'Write $orderby = field desc.',
  $fields: 'Write $select = the fields you want.',
};
const BETTER: Readonly<Record<string, string>> = {
  $inlinecount: '$count',
  $page: '$skip',
  $limit: '$top',
  $where: '$filter',
  $sort: '$orderby',
  $order: '$orderby',
  $fields: '$select',
  $offset: '$skip',
  $size: '$top',
  $pagesize: '$top',
  $take: '$top',
};

export const checkClauses: Check = ({ model, report }) => {
  const allowed = parametersFor(model.method, model.endpoint);
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
      if (model.endpoint === 'token') continue;
      const withDollar = name.text.startsWith('$') ? name.text : `$${name.text}`;
      const known = parameterOf(withDollar) ?? BETTER[withDollar.toLowerCase()];
      const guess =
        known === undefined
          ? nearestFixes({ ...name, text: withDollar }, PARAMETERS)
          : { fixes: [replace(name, known)], hint: ` Did you mean “${known}”?` };
      report(
        'unsupported-parameter',
        name,
        `The API has no parameter “${name.text}”.${WHY[withDollar.toLowerCase()] === undefined ? guess.hint || ` Write one of ${allowed.join(', ') || '$filter'}, or remove it.` : ` ${WHY[withDollar.toLowerCase()]}`}`,
        { fixes: guess.fixes },
      );
      continue;
    }
    const first = seen.get(parameter);
    if (first !== undefined) {
      report(
        'duplicate-clause',
        name,
        `${parameter} is there twice. Keep one${parameter === '$filter' ? ', and join the conditions with “and”' : ''}.`,
        {
          fixes: [
            {
              ...clauseRemoval(model.tree, clause, `Remove this ${parameter}`),
              preferred: first.view.text.trim() === clause.view.text.trim(),
            },
          ],
        },
      );
    } else seen.set(parameter, clause);
    if (!allowed.includes(parameter)) {
      const method = model.method ?? 'GET';
      report('clause-not-allowed', name, notAllowed(parameter, method, model.endpoint === 'data'), {
        fixes: [clauseRemoval(model.tree, clause, `Remove ${parameter}`)],
      });
    }
  }
};

function notAllowed(parameter: string, method: string, data: boolean): string {
  if (!data) return `This address takes no parameters. Remove ${parameter}.`;
  if (parameter === '$upsert') return `$upsert belongs to POST: POST user with ${EXAMPLES.$upsert}.`;
  if (method === 'POST') return `${parameter} belongs to GET. A POST may have $upsert only.`;
  return `${parameter} belongs to GET. ${method} works on the one record whose ID follows the module.`;
}
