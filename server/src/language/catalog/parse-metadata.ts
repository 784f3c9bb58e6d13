/** Reads a metadata cache file's JSON. It is outside data: every value is checked, and one bad field does not cost the rest. */
import { isJsonObject } from '../text/json-object';
import { FIELD_TYPES } from '../text/type-names';
import type { FieldInfo, Metadata, ModuleInfo } from './catalog';
import { parseEvidence } from './evidence';
import { parseTraits } from './traits';

export type ParsedMetadata =
  | { readonly ok: true; readonly metadata: Metadata; readonly skipped: number }
  | { readonly ok: false; readonly reason: 'unreadable' | 'newer'; readonly message: string };

/** `text` is the file's content. `skipped` counts modules and fields that can't be read. */
export function parseMetadata(text: string): ParsedMetadata {
  let value: unknown;
  try {
    // PowerShell and Windows editors begin a file with a byte order mark.
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return unreadable('it is not JSON');
  }
  if (!isJsonObject(value)) return unreadable('it is not a JSON object');
  const { version, root, fetchedAt, modules, platform } = value;
  if (typeof version === 'number' && version > 1) {
    return {
      ok: false,
      reason: 'newer',
      message:
        'The metadata file was written by a newer version of APQ. Update this one, or fetch the metadata again.',
    };
  }
  if (version !== 1 || !Array.isArray(modules))
    return unreadable('it is not version 1, or has no list of modules');
  let skipped = 0;
  const parsed: ModuleInfo[] = [];
  for (const module of modules as readonly unknown[]) {
    if (!isJsonObject(module) || typeof module['name'] !== 'string' || module['name'] === '') {
      skipped++;
      continue;
    }
    const fields: FieldInfo[] | undefined = Array.isArray(module['fields']) ? [] : undefined;
    for (const field of Array.isArray(module['fields']) ? (module['fields'] as readonly unknown[]) : []) {
      const info = parseField(field);
      if (info === undefined) skipped++;
      else fields?.push(info);
    }
    parsed.push({
      name: module['name'],
      ...(typeof module['fetchedAt'] === 'string' ? { fetchedAt: module['fetchedAt'] } : {}),
      ...(fields === undefined ? {} : { fields }),
    });
  }
  return {
    ok: true,
    skipped,
    metadata: {
      version: 1,
      root: typeof root === 'string' ? root : '',
      fetchedAt: typeof fetchedAt === 'string' ? fetchedAt : '',
      modules: parsed,
      ...parseFindings(platform),
    },
  };
}

const unreadable = (why: string): ParsedMetadata => ({
  ok: false,
  reason: 'unreadable',
  message: `The metadata file can’t be read: ${why}. Fetch the metadata again to write a new one.`,
});

/** What can't be read is left out: the platform is asked again at the next check. */
function parseFindings(value: unknown): Pick<Metadata, 'platform'> {
  if (!isJsonObject(value)) return {};
  const { checkedAt, traits, evidence } = value;
  if (typeof checkedAt !== 'string') return {};
  return {
    platform: {
      checkedAt,
      traits: parseTraits(traits),
      ...(evidence === undefined ? {} : { evidence: parseEvidence(evidence) }),
    },
  };
}

function parseField(value: unknown): FieldInfo | undefined {
  if (!isJsonObject(value) || typeof value['name'] !== 'string' || value['name'] === '') return undefined;
  const text = (key: 'description' | 'label') =>
    typeof value[key] === 'string' && value[key] !== '' ? { [key]: value[key] } : {};
  const values = Array.isArray(value['values'])
    ? value['values'].filter((each): each is string => typeof each === 'string')
    : [];
  return {
    name: value['name'],
    type: FIELD_TYPES.find((type) => type === value['type']) ?? 'unknown',
    filterable: value['filterable'] !== false,
    sortable: value['sortable'] !== false,
    ...(typeof value['writable'] === 'boolean' ? { writable: value['writable'] } : {}),
    ...(values.length > 0 ? { values } : {}),
    ...text('description'),
    ...text('label'),
  };
}
