/** `missing-id`, `unexpected-id`, `irreversible`: PUT and DELETE work on one record, GET and POST don't. */
import { quote } from '../analysis/print-filter';
import { filterOf, type RecordAddress, recordAddress } from '../analysis/record-address';
import type { BlockTree, Target, Word } from '../syntax/nodes';
import { between, endOf, type TextEdit } from '../text/span';
import { methodOf } from '../vocabulary/methods';
import type { ParameterName } from '../vocabulary/parameters';
import type { Check, CheckContext } from './check';
import { replace } from './check';
import { countedModule } from './spoken-module';

/** What other OData services have after a module. */
const OPERATION = /^\$(?:count|value|ref|links|metadata|batch|all)$/i;

/** True where a clause can be written after the target: nothing but a version or a query follows it. */
const isAlone = ({ text }: BlockTree, { query: [first], pathEnd }: Target): boolean =>
  first !== undefined
    ? first.marker !== undefined
    : /^[^\S\r\n]*(?:HTTP\/\S+[^\S\r\n]*)?(?:[\r\n]|$)/i.test(text.slice(pathEnd, pathEnd + 40));

export const checkId: Check = (context) => {
  const { model, report } = context;
  const { request } = model.tree;
  if (
    request === undefined ||
    model.meant === undefined ||
    model.endpoint !== 'data' ||
    request.target.module.length === 0
  )
    return;
  const { target, method } = request;
  if (model.catalog !== undefined && countedModule(target, model.catalog) !== undefined) return;
  const address = recordAddress(target, model.tree.text);
  if (address !== undefined) {
    reportAddress(context, target, address);
    return;
  }
  if (target.id !== undefined && OPERATION.test(target.id.text)) {
    reportOperation(context, target, target.id);
    return;
  }
  if (model.meant === 'PUT' || model.meant === 'DELETE') {
    checkChange(context, target, method);
    return;
  }
  if (target.id === undefined) return;
  const idPart = between(endOf(target.module), target.pathEnd);
  if (model.meant === 'POST') {
    report(
      'unexpected-id',
      target.id,
      'POST creates a record: it takes no ID. To change this record, write PUT.',
      {
        fixes:
          method === undefined
            ? []
            : [
                {
                  title: 'Replace with PUT',
                  edits: [{ offset: method.offset, length: method.length, text: 'PUT' }],
                },
              ],
      },
    );
    return;
  }
  const filter = `ID eq ${quote(target.id.text)}`;
  const existing = model.clause('$filter');
  report(
    'unexpected-id',
    target.id,
    `The API has no address for reading one record. Filter by the ID: $filter = ${filter}.${existing === undefined ? ' If you run this as it is, that filter is sent.' : ''}`,
    {
      // Without its ID, `PUT/2024` would be a method.
      fixes:
        existing === undefined && isAlone(model.tree, target) && methodOf(target.module.text) === undefined
          ? [
              {
                title: `Write $filter = ${filter}`,
                preferred: true,
                adds: '$filter',
                edits: [
                  { ...idPart, text: '' },
                  clauseInsertion(model.tree.text, target, [['$filter', filter]]),
                ],
              },
            ]
          : [],
    },
  );
};

/** The ID of a change, and what can't be undone. */
function checkChange(context: CheckContext, target: Target, method: Word | undefined): void {
  const { model, report } = context;
  if (target.id !== undefined && target.key !== undefined) reportKey(context, target, target.id);
  if (target.id === undefined) {
    report(
      'missing-id',
      target.module,
      `${model.meant} needs the ID of the record: ${model.meant} ${target.module.text}/ID`,
    );
  } else if (model.method === 'DELETE' && method !== undefined) {
    const twice =
      target.module.text.toLowerCase() === 'user'
        ? ' The first DELETE of a user sets the status to Deleted; a second one removes the record.'
        : '';
    report('irreversible', method, `DELETE can’t be undone.${twice}`);
  }
}

/** An edit that adds clauses: in an address as its first parameters, else on lines of their own. */
function clauseInsertion(
  text: string,
  { query: [first], form, pathEnd }: Target,
  clauses: readonly (readonly [name: ParameterName, value: string])[],
): TextEdit {
  const query = clauses.map(([name, value]) => `${name}=${value}`).join('&');
  if (first !== undefined) {
    const length = first.marker?.length ?? 0;
    return { offset: first.offset, length, text: `?${query}&` };
  }
  if (form !== 'module') return { offset: pathEnd, length: 0, text: `?${query}` };
  const version = /^[^\S\r\n]+HTTP\/\S+/i.exec(text.slice(pathEnd, pathEnd + 40)) ?? [''];
  const lines = clauses.map(([name, value]) => `\n${name} = ${value}`).join('');
  return { offset: pathEnd + version[0].length, length: 0, text: lines };
}

/** What to write instead of an address that the API does not have. Only a read keeps its meaning. */
function reportAddress({ model, report }: CheckContext, target: Target, address: RecordAddress): void {
  const { meant: method } = model;
  const { module, part } = address;
  const field = part !== undefined && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part) ? part : undefined;
  const filter = filterOf(address);
  const severity = 'error';
  if (method !== 'GET' || (part !== undefined && field === undefined)) {
    report('unexpected-id', address, withoutEquivalent(method, address, filter), { severity });
    return;
  }
  const clauses: [ParameterName, string][] = [['$filter', filter]];
  if (field !== undefined) clauses.push(['$select', field]);
  const written = clauses.map(([name, value]) => `${name} = ${value}`);
  const isFree =
    clauses.every(([name]) => model.clause(name) === undefined) &&
    isAlone(model.tree, target) &&
    methodOf(module) === undefined;
  report(
    'unexpected-id',
    address,
    `The API has no address for one record. Write ${module} alone, and ${written.join(', ')}.`,
    {
      severity,
      fixes: isFree
        ? [
            {
              title: `Write ${written.join(', ')}`,
              // `count(CourseDate)` asks for no record of a module “count”.
              preferred: model.catalog === undefined || model.catalog.module(module) !== undefined,
              adds: '$filter',
              edits: [
                { ...between(target.module.offset, target.pathEnd), text: module },
                clauseInsertion(model.tree.text, target, clauses),
              ],
            },
          ]
        : [],
    },
  );
}

function withoutEquivalent(
  method: CheckContext['model']['meant'],
  { module, keys, hasParentheses, part }: RecordAddress,
  filter: string,
): string {
  const [key] = keys;
  if (method === 'POST') return `POST creates a record: write POST ${module} alone.`;
  if (method === 'GET') return `The API has no “/${part}” after a record. Remove it.`;
  if (hasParentheses && (keys.length > 1 || key?.field.toLowerCase() !== 'id'))
    return `${method} needs the ID of the record. Look it up first: GET ${module} with $filter = ${filter}.`;
  return `The API has no address for a part of a record. To change a field, write PUT ${module}/${key?.value} with the field in the body.`;
}

/** `coursedate(2024)`, as other OData services have it. */
function reportKey({ report }: CheckContext, { module, key }: Target, id: Word): void {
  report('unexpected-text', key ?? id, `The API writes the ID after a slash: ${module.text}/${id.text}.`, {
    fixes: [replace(key ?? id, `/${id.text}`, `Write ${module.text}/${id.text}`)],
  });
}

/** `/$count`, `/$value` and the like, which are no IDs. */
function reportOperation({ model, report }: CheckContext, target: Target, id: Word): void {
  const { module } = target;
  const counts = id.text.toLowerCase() === '$count' && model.meant === 'GET';
  const path = between(endOf(module), target.pathEnd);
  const existing = model.clause('$count');
  report(
    'unexpected-id',
    id,
    counts
      ? 'The API has no address that counts. Write $count = true: the answer has the total number of records.'
      : `The API has no “${id.text}” after a module. Remove it.`,
    {
      severity: 'error',
      fixes:
        counts && isAlone(model.tree, target)
          ? [
              {
                title: 'Write $count = true',
                preferred: true,
                adds: '$count',
                edits: [
                  { ...path, text: '' },
                  ...(existing === undefined
                    ? [clauseInsertion(model.tree.text, target, [['$count', 'true']])]
                    : []),
                ],
              },
            ]
          : [],
    },
  );
}
