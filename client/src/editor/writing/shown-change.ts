/** A planned change as the page gets it: with what is said about it, and without secrets. */
import { withoutSecrets as withoutSecretsIn } from '#core/history/kept-request';
import type { ApiRecord } from '#core/results/read-page';
import { pretty } from '#core/running/preview';
import { mask } from '#core/text/mask';
import type { NumberedChange } from '#core/writing/change-source';
import type { FieldChange, PlannedChange } from '#core/writing/planned-change';
import { recordName } from '#core/writing/record-name';
import { shownValue } from '#core/writing/secret-value';
import { pathOf, type WireRequest } from '#language';
import type { ShownChange } from '#webview/changes/messages';

export function shownChange({ row, change, sent }: NumberedChange): ShownChange {
  const { request } = change;
  return {
    row,
    change: withoutSecrets(change),
    ...(sent === undefined ? {} : { sent: { ...sent, text: mask(sent.text) } }),
    what: 'id' in change ? `${request.module} ${change.id}` : whatOf(change),
    name: recordName('record' in change ? change.record : newRecord(change)) ?? '',
    ...(change.outcome === 'unforeseen' ? { sends: sentAs(withoutSecretsIn(request)) } : {}),
  };
}

const whatOf = ({ outcome, request: { module, id } }: PlannedChange): string =>
  outcome === 'create' ? `New ${module}` : [module, id ?? ''].join(' ').trim();

const newRecord = ({ fields }: PlannedChange): ApiRecord =>
  Object.fromEntries(fields.map(({ name, after }) => [name, after]));

const sentAs = ({ body, ...request }: WireRequest): string =>
  `${request.method} ${pathOf(request)}\n${body === undefined ? '' : `\n${pretty(body)}`}`;

function withoutSecrets(change: PlannedChange): PlannedChange {
  const fields = change.fields.map(hideField);
  const request = { method: change.request.method, module: change.request.module, query: [] };
  switch (change.outcome) {
    case 'update':
    case 'unchanged':
    case 'delete':
      return { ...change, request, fields, record: hideIn(change.record) };
    case 'refused':
      return { ...change, request, fields, reason: mask(change.reason), matches: change.matches.map(hideIn) };
    case 'unforeseen':
      return { ...change, request, fields, reason: mask(change.reason) };
    case 'create':
      return { ...change, request, fields };
  }
}

const hideField = (field: FieldChange): FieldChange => ({
  ...field,
  before: shownValue(field.name, field.before),
  after: shownValue(field.name, field.after),
});

const hideIn = (record: ApiRecord): ApiRecord =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, shownValue(name, value)]));
