/** A request as it may be kept on disk: without secrets, as far as a name or a known value tells them. */
import * as v from 'valibot';
import type { WireRequest } from '#language';
import { isSecretName } from '../remote/secret-names';
import { mask } from '../text/mask';

/** A request on disk. */
export const requestSchema = v.object({
  method: v.picklist(['GET', 'POST', 'PUT', 'DELETE']),
  endpoint: v.exactOptional(v.picklist(['data', 'modules', 'fields', 'token'])),
  module: v.string(),
  id: v.exactOptional(v.string()),
  query: v.array(v.object({ name: v.string(), value: v.string() })),
  body: v.exactOptional(v.string()),
});

/** Masks each text separately: in JSON within JSON a mask could swallow a backslash. */
export function withoutSecrets<Request extends WireRequest>(request: Request): Request {
  const { id, query, body } = request;
  return {
    ...request,
    ...(id === undefined ? {} : { id: mask(id) }),
    query: query.map(({ name, value }) => ({ name, value: mask(withoutSecretValues(value)) })),
    ...(body === undefined ? {} : { body: mask(withoutSecretMembers(body)) }),
  };
}

/** Masks the values of members with the name of a secret; the body stays JSON. */
const withoutSecretMembers = (json: string): string =>
  json.replace(
    /"((?:[^"\\]|\\.)*)"(\s*:\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\w.+-]*)/g,
    (whole, name: string, colon: string) => (isSecretName(name) ? `"${name}"${colon}"***"` : whole),
  );

/** Does the same in a filter. */
const withoutSecretValues = (filter: string): string =>
  filter.replace(
    /([\p{L}_][\p{L}\p{N}_]*)(\s+(?:eq|ne|lt|le|gt|ge)\s+)'(?:[^']|'')*'/giu,
    (whole, name: string, operator: string) => (isSecretName(name) ? `${name}${operator}'***'` : whole),
  );
