/** Which JSON value a field takes in a body: one rule for the checks of a file and for what a write is going to do. */
import type { Node } from 'jsonc-parser';
import { CatalogModule, type FieldInfo, fieldKey, type FieldType, type ModuleInfo } from '../catalog/catalog';
import { nearest } from '../text/nearest';
import { bodyTree } from './body-tree';
import { readDate } from './dates';
import { exampleValue, withArticle } from './field-types';

/** Why a member of a body would be refused. */
export interface MemberProblem {
  readonly code: 'duplicate-field' | 'unknown-body-field' | 'body-type-mismatch';
  /** A sentence. */
  readonly message: string;
  /** Names that may be meant, where the name is unknown. */
  readonly near?: readonly string[];
  /** JSON to write instead, where that is certain. */
  readonly better?: string;
}

/** A member of a body, as a write has it. */
export interface BodyMember {
  /** In the metadata's spelling, where they know it. */
  readonly name: string;
  /** `unknown` without metadata. */
  readonly type: FieldType;
  /** Its value, as JSON. */
  readonly json: string;
  /** The first sentence about what is wrong with it. */
  readonly problem?: string;
}

/** Returns a reader of bodies for a module; it returns undefined for a body that is not one JSON object. */
export function bodyReader(info: ModuleInfo): (json: string) => readonly BodyMember[] | undefined {
  const module = new CatalogModule(info);
  return (json) => {
    const read = bodyTree(json);
    if (read?.root?.type !== 'object' || read.errors.length > 0) return undefined;
    const rule = new MemberRule(module);
    return (read.root.children ?? []).flatMap(({ children: [key, value] = [] }): BodyMember[] => {
      const name: unknown = key?.value;
      if (typeof name !== 'string' || value === undefined) return [];
      const field = module.field(name);
      const [problem] = rule.problems(name, value, json);
      const written = json.slice(value.offset, value.offset + value.length);
      const member = { name: field?.name ?? name, type: field?.type ?? 'unknown', json: written };
      return [problem === undefined ? member : { ...member, problem: problem.message }];
    });
  };
}

/** What is wrong with the members of one body, asked in their order. */
export class MemberRule {
  readonly #seen = new Set<string>();

  constructor(private readonly module: CatalogModule | undefined) {}

  /** `json`: the body that `value` is a node of. */
  problems(name: string, value: Node | undefined, json: string): readonly MemberProblem[] {
    const { module } = this;
    const known = fieldKey(module, name);
    const repeated = this.#seen.has(known);
    this.#seen.add(known);
    return [
      ...(repeated ? [repetition(name)] : []),
      ...(module?.fields === undefined ? [] : ofField(module, name, value, json)),
    ];
  }
}

const repetition = (name: string): MemberProblem => ({
  code: 'duplicate-field',
  message: `“${name}” appears twice, but only one of the two would count. Remove one.`,
});

function ofField(
  module: CatalogModule,
  name: string,
  value: Node | undefined,
  json: string,
): readonly MemberProblem[] {
  const field = module.field(name);
  if (field === undefined) {
    const isOffered = (each: string) => module.field(each)?.writable !== false;
    const near = nearest(name, module.fieldNames, { isOffered });
    const hint = near.length > 0 ? ` Did you mean ${near.map((each) => `“${each}”`).join(' or ')}?` : '';
    return [{ code: 'unknown-body-field', message: `${module.name} has no field “${name}”.${hint}`, near }];
  }
  if (field.writable === false) {
    const message = `${field.name} can’t be written: the platform sets it. Leave it out.`;
    return [{ code: 'unknown-body-field', message }];
  }
  return value === undefined ? [] : ofValue(field, value, json);
}

function ofValue(field: FieldInfo, value: Node, json: string): readonly MemberProblem[] {
  const written = json.slice(value.offset, value.offset + value.length);
  const text: unknown = value.value;
  // A variable's value is known when the request runs.
  if ((typeof text === 'string' && text.includes('{{')) || /^"_{3,}"$/.test(written)) return [];
  const verdict = memberFits(field, value, written);
  if (verdict.ok) return [];
  const message = `${field.name} is ${withArticle(field.type)}. Write ${verdict.example}.`;
  const problem = { code: 'body-type-mismatch', message } as const;
  return [verdict.better === undefined ? problem : { ...problem, better: verdict.better }];
}

/** Digits as JSON has them: no plus sign, and no zeros before the first digit. */
const jsonNumber = (text: string): string => text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');

type MemberVerdict = { ok: true } | { ok: false; example: string; better?: string };

/** `written`: the value in the file, as reading it as a number would round it. */
function memberFits(field: FieldInfo, value: Node, written: string): MemberVerdict {
  const text: unknown = value.value;
  if (value.type === 'null') return { ok: true };
  const example = exampleValue(field.type);
  switch (field.type) {
    case 'integer':
    case 'decimal': {
      const whole = field.type === 'integer';
      if (typeof text === 'number')
        return !whole || Number.isInteger(text) ? { ok: true } : { ok: false, example };
      const digits = typeof text === 'string' && (whole ? /^[+-]?\d+$/ : /^[+-]?\d+(\.\d+)?$/).test(text);
      return digits ? { ok: false, example: text, better: jsonNumber(text) } : { ok: false, example };
    }
    case 'boolean':
      if (typeof text === 'boolean') return { ok: true };
      return typeof text === 'string' && /^(true|false)$/i.test(text)
        ? { ok: false, example: text.toLowerCase(), better: text.toLowerCase() }
        : { ok: false, example };
    case 'datetime':
    case 'date': {
      const reading = typeof text === 'string' ? readDate(text) : undefined;
      if (reading?.kind === 'iso' || text === '') return { ok: true };
      return reading?.kind === 'other'
        ? { ok: false, example: `"${reading.iso}"`, better: `"${reading.iso}"` }
        : { ok: false, example: `"${example}"` };
    }
    case 'time':
    case 'string':
      if (typeof text === 'string') return { ok: true };
      return typeof text === 'number' || typeof text === 'boolean'
        ? { ok: false, example: `"${written}"`, better: `"${written}"` }
        : { ok: false, example: '"text"' };
    case 'list':
      return typeof text === 'string' ||
        (value.type === 'array' && (value.children ?? []).every((each) => each.type === 'string'))
        ? { ok: true }
        : { ok: false, example: '["one", "two"]' };
    case 'unknown':
      return { ok: true };
  }
}
