/** `unsupported-parameter`, `duplicate-clause`, `clause-not-allowed`: which parameters a request may have. */
import { parametersFor } from '../analysis/request-model';
import { type Clause, type Word } from '../syntax/nodes';
import {
  otherParameter,
  PARAMETER_NAMES,
  type ParameterName,
  parameterOf,
  PARAMETERS,
} from '../vocabulary/parameters';
import { type Check, type CheckContext } from './check';
import { clauseRemoval, nearestFixes, replace } from './check';

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
      if (model.endpoint !== 'token') unknownParameter(name, allowed, report);
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

function unknownParameter(
  name: Word,
  allowed: readonly ParameterName[],
  report: CheckContext['report'],
): void {
  const withDollar = name.text.startsWith('$') ? name.text : `$${name.text}`;
  const { why, meant } = otherParameter(withDollar);
  const known = parameterOf(withDollar) ?? meant;
  const { fixes, hint } =
    known === undefined
      ? nearestFixes({ ...name, text: withDollar }, PARAMETER_NAMES)
      : { fixes: [replace(name, known)], hint: ` Did you mean “${known}”?` };
  const advice = why ?? (hint.trim() || `Write one of ${allowed.join(', ') || '$filter'}, or remove it.`);
  report('unsupported-parameter', name, `The API has no parameter “${name.text}”. ${advice}`, { fixes });
}

function notAllowed(parameter: string, method: string, data: boolean): string {
  if (!data) return `This address takes no parameters. Remove ${parameter}.`;
  if (parameter === '$upsert')
    return `$upsert belongs to POST: POST user with ${PARAMETERS.$upsert.example}.`;
  if (method === 'POST') return `${parameter} belongs to GET. A POST takes only $upsert.`;
  return `${parameter} belongs to GET. ${method} works on the one record whose ID follows the module.`;
}
