/** The part of an address after the question mark: text in, checked parameters out. */
import { badRequest } from './problem';
import type { Quirks } from './quirks';

/** The parameters of reading (D) and the one of writing (D). */
const READING = ['$select', '$filter', '$orderby', '$top', '$skip', '$count'] as const;
const UPSERT = '$upsert';

const ODATA =
  /^\$(expand|search|apply|compute|format|skiptoken|deltatoken|levels|index|value|batch|inlinecount|ref)$/i;

/** Returns names and values; refuses a repeated name or an invalid encoding. A plus sign is a space (O). */
export function readPairs(query: string, quirks: Quirks): Map<string, string> {
  try {
    decodeURIComponent(query);
  } catch {
    throw badRequest('The address is not valid: its percent-encoding cannot be read.');
  }
  const pairs = new Map<string, string>();
  const text = quirks.has('plus-literal') ? query.replaceAll('+', '%2B') : query;
  for (const [name, value] of new URLSearchParams(text)) {
    if (pairs.has(name)) throw badRequest(`The parameter ${name} is repeated.`);
    pairs.set(name, value);
  }
  return pairs;
}

/** Returns names and values of a form, in which a plus sign is always a space. */
export const readForm = (body: string): Map<string, string> => readPairs(body, new Set());

/**
 * Returns the parameters of a data request. GET takes those of reading, POST takes $upsert, PUT and DELETE none;
 * any other is refused by its name (A: that the service refuses it rather than ignoring it).
 */
export function readParameters(query: string, method: string, quirks: Quirks): Map<string, string> {
  const pairs = readPairs(query, quirks);
  const allowed: readonly string[] = method === 'GET' ? READING : method === 'POST' ? [UPSERT] : [];
  const errors: string[] = [];
  for (const name of pairs.keys()) {
    if (allowed.includes(name)) continue;
    const known = [...READING, UPSERT].find((candidate) => candidate === name.toLowerCase());
    if (known !== undefined && known !== name) {
      errors.push(`The parameter ${name} is unknown; write ${known}.`);
    } else if (known === UPSERT) {
      errors.push('The parameter $upsert belongs to POST.');
    } else if (known !== undefined) {
      errors.push(`The parameter ${name} belongs to GET, not to ${method}.`);
    } else if (ODATA.test(name)) {
      errors.push(`The parameter ${name} is not supported.`);
    } else {
      errors.push(`The parameter ${name} is unknown.`);
    }
  }
  if (errors.length > 0) throw badRequest(errors);
  return pairs;
}
