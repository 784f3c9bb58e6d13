/** `missing-id`, `unexpected-id`, `irreversible`: PUT and DELETE work on one record, GET and POST don't. */
import { quote } from '../analysis/print-filter';
import type { BlockTree, Target, Word } from '../syntax/nodes';
import { between, endOf, type TextEdit } from '../text/span';
import { methodOf } from '../vocabulary/methods';
import type { ParameterName } from '../vocabulary/parameters';
import type { Check, CheckContext } from './check';
import { replace } from './check';

/** What other OData services have after a module. */
const OPERATION = /^\$(?:count|value|ref|links|metadata|batch|all)$/i;

/** `coursedate(2024)`: with something after it, no key is read. */
/** True where a clause can be written after the target: nothing but a version or a query follows it. */
const isAlone = ({ text }: BlockTree, { query: [first], pathEnd }: Target): boolean =>
  first !== undefined
    ? first.marker !== undefined
    : /^[^\S\r\n]*(?:HTTP\/\S+[^\S\r\n]*)?(?:[\r\n]|$)/i.test(text.slice(pathEnd, pathEnd + 40));

const hasKey = ({ text }: Word): boolean => /\([^()]/.test(text);

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
  if (target.id !== undefined && OPERATION.test(target.id.text)) {
    reportOperation(context, target, target.id);
    return;
  }
  if (model.meant === 'PUT' || model.meant === 'DELETE') {
    if (target.id !== undefined && target.key !== undefined) reportKey(context, target, target.id);
    if (target.id === undefined) {
      report(
        'missing-id',
        target.module,
        `${model.meant} needs the ID of the record: ${model.meant} ${target.module.text}/2024`,
      );
    } else if (model.method === 'DELETE' && method !== undefined) {
      const twice =
        target.module.text.toLowerCase() === 'user'
          ? ' The first DELETE of a user sets the status to Deleted; a second one removes the record.'
          : '';
      report('irreversible', method, `DELETE can’t be undone.${twice}`);
    }
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
  // What follows an ID, as in `coursedate(2024)/Label`, names no record.
  if (model.meant === 'GET' && hasKey(target.module)) return;
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
                edits: [{ ...idPart, text: '' }, clauseInsertion(model.tree.text, target, '$filter', filter)],
              },
            ]
          : [],
    },
  );
};

/** An edit that adds a clause: in an address as its first parameter, else on a line of its own. */
function clauseInsertion(
  text: string,
  { query: [first], form, pathEnd }: Target,
  name: ParameterName,
  value: string,
): TextEdit {
  if (first !== undefined) {
    const length = first.marker?.length ?? 0;
    return { offset: first.offset, length, text: `?${name}=${value}&` };
  }
  if (form !== 'module') return { offset: pathEnd, length: 0, text: `?${name}=${value}` };
  const version = /^[^\S\r\n]+HTTP\/\S+/i.exec(text.slice(pathEnd, pathEnd + 40)) ?? [''];
  return { offset: pathEnd + version[0].length, length: 0, text: `\n${name} = ${value}` };
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
                    ? [clauseInsertion(model.tree.text, target, '$count', 'true')]
                    : []),
                ],
              },
            ]
          : [],
    },
  );
}
