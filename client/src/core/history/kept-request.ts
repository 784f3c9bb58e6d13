/** A request as it may be kept on disk: without secrets, as far as a name or a known value tells them. */
import * as v from 'valibot';
import type { WireRequest } from '#language';
import { isSecretName } from '../remote/secret-names';
import { mask } from '../text/mask';
import { hasMembers } from '../values/kind-of';
import { readJson } from '../values/read-json';
import { writeJson } from '../values/write-json';

/** A request on disk. */
export const requestSchema = v.object({
  method: v.picklist(['GET', 'POST', 'PUT', 'DELETE']),
  endpoint: v.exactOptional(v.picklist(['data', 'modules', 'fields', 'token'])),
  module: v.string(),
  id: v.exactOptional(v.string()),
  query: v.array(v.object({ name: v.string(), value: v.string() })),
  body: v.exactOptional(v.string()),
});

/** What is kept of a request; the values of a list stand in its filter. */
export const keptRequest = (request: WireRequest): v.InferOutput<typeof requestSchema> =>
  v.parse(requestSchema, request);

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

/** Masks the values of members with the name of a secret, however deep they are; a body without any stays as it is. */
function withoutSecretMembers(json: string): string {
  let body: unknown;
  try {
    body = readJson(json);
  } catch {
    return withoutSecretTexts(json);
  }
  const masked = withoutSecretsWithin(body);
  return masked === body ? json : writeJson(masked);
}

/** Returns the value itself where nothing in it is a secret. */
function withoutSecretsWithin(value: unknown): unknown {
  if (!hasMembers(value)) return value;
  let changed = false;
  const kept = (name: string, member: unknown) => {
    const masked = isSecretName(name) && member !== null ? '***' : withoutSecretsWithin(member);
    changed ||= masked !== member;
    return masked;
  };
  const copy: unknown = Array.isArray(value)
    ? value.map((each: unknown) => kept('', each))
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, kept(name, member)]));
  return changed ? copy : value;
}

/** The same for a body that is no JSON. */
const withoutSecretTexts = (json: string): string =>
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
