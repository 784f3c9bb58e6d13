/** Reading the head of a results view from disk, where nothing is trusted. */
import * as v from 'valibot';
import { FIELD_TYPES } from '#language';
import type { ViewHead } from '#webview/messages';

const schema = v.object({
  run: v.string(),
  request: v.string(),
  title: v.string(),
  state: v.picklist(['running', 'paused', 'done', 'stopped', 'failed']),
  method: v.string(),
  module: v.string(),
  address: v.string(),
  connection: v.string(),
  production: v.boolean(),
  startedAt: v.string(),
  summary: v.string(),
  notes: v.array(v.string()),
  error: v.exactOptional(v.string()),
  part: v.exactOptional(v.boolean()),
  actions: v.array(v.object({ id: v.string(), label: v.string() })),
  select: v.array(v.string()),
  fields: v.array(
    v.object({
      name: v.string(),
      type: v.picklist(FIELD_TYPES),
      label: v.exactOptional(v.string()),
      filterable: v.boolean(),
      sortable: v.boolean(),
      writable: v.boolean(),
      values: v.exactOptional(v.array(v.string())),
      names: v.exactOptional(v.boolean()),
    }),
  ),
  readOnly: v.exactOptional(v.string()),
  pinned: v.boolean(),
  previous: v.exactOptional(v.object({ run: v.string(), startedAt: v.string() })),
  earlier: v.exactOptional(v.picklist(['refused', 'changed'])),
  locale: v.exactOptional(v.string()),
});

/** Returns undefined when it is not a head. Drops the buttons, since their run is over. */
export function readHead(value: unknown): ViewHead | undefined {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? { ...parsed.output, actions: [] } : undefined;
}
