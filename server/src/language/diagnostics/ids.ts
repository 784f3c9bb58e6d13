/** `missing-id`, `unexpected-id`, `irreversible`: PUT and DELETE work on one record, GET and POST don't. */
import { quote } from '../analysis/print-filter';
import { endOf } from '../text/span';
import type { Check } from './check';

export const checkId: Check = ({ model, report }) => {
  const { request } = model.tree;
  if (
    request === undefined ||
    model.method === undefined ||
    model.endpoint !== 'data' ||
    request.target.module.length === 0
  )
    return;
  const { target, method } = request;
  if (model.method === 'PUT' || model.method === 'DELETE') {
    if (target.id === undefined) {
      report(
        'missing-id',
        target.module,
        `${model.method} needs the ID of the record: ${model.method} ${target.module.text}/2024`,
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
  const idPart = { offset: endOf(target.module), length: endOf(target.id) - endOf(target.module) };
  if (model.method === 'POST') {
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
  const inAddress = target.query.length > 0 || target.form !== 'module';
  const existing = model.clause('$filter');
  const insertion = inAddress
    ? {
        offset: target.pathEnd,
        length: target.query.length > 0 ? 1 : 0,
        text: `?$filter=${filter}${target.query.length > 0 ? '&' : ''}`,
      }
    : { offset: target.pathEnd, length: 0, text: `\n$filter = ${filter}` };
  report(
    'unexpected-id',
    target.id,
    `The API has no address for reading one record. Filter by the ID: $filter = ${filter}.${existing === undefined ? ' If you run this as it is, that filter is sent.' : ''}`,
    {
      fixes:
        existing === undefined
          ? [
              {
                title: `Write $filter = ${filter}`,
                preferred: true,
                edits: [{ ...idPart, text: '' }, insertion],
              },
            ]
          : [],
    },
  );
};
