/** Which records the values of a field name: their module, and the fields that say what each is called. */
import type { Catalog, CatalogModule, FieldInfo } from '../catalog/catalog';
import { nameKey } from '../text/names';
import { linkedModule } from './linked-module';
import { nameFields } from './telling-fields';

/** The records that a field's values, or the members of its lists, name by their IDs. */
export interface NamedRecords {
  /** In the metadata's spelling. */
  readonly module: string;
  /** The fields whose values, with a space between them, are a record's name; empty while the module's fields are not known. */
  readonly labels: readonly string[];
}

/** `own` is the field's module. Undefined where no module fits, or nothing names its records. */
export function recordsNamedBy(
  field: string,
  own: CatalogModule,
  catalog: Catalog,
): NamedRecords | undefined {
  const info = own.field(field);
  if (info?.type === 'boolean' || info?.type === 'datetime') return undefined;
  const set = namingOf(info?.name ?? field, catalog);
  if (set !== undefined && set.problem === undefined) return set.named;
  // What is called a list may be a choice from one, such as a title.
  if (info?.type === 'list' && !/ids$/i.test(field)) return undefined;
  const name = nameKey(field) === 'id' ? own.name : linkedModule(field, own.name, catalog.moduleNames);
  const module = name === undefined ? undefined : catalog.module(name);
  return module === undefined ? undefined : recordsOf(module);
}

/** The records of a module, by the fields that name them; undefined where the metadata have no such field. */
export function recordsOf(module: CatalogModule): NamedRecords | undefined {
  if (module.fields === undefined) return { module: module.name, labels: [] };
  const labels = nameFields(module, isName).map(({ name }) => name);
  return labels.length === 0 ? undefined : { module: module.name, labels };
}

/** What is wrong with the user's own names of label fields, a sentence each. Nothing is said of fields that are not fetched yet. */
export const namingProblems = (catalog: Catalog): string[] =>
  [...catalog.known.namedFields].flatMap((field) => namingOf(field, catalog)?.problem ?? []);

/** What the user set for a field: `Course.Label`. */
function namingOf(field: string, catalog: Catalog): { named: NamedRecords; problem?: string } | undefined {
  const set = catalog.known.namingOf(field);
  if (set === undefined) return undefined;
  const [, moduleName = '', labelName = ''] = /^\s*([^.\s]+)\s*\.\s*([^.\s]+)\s*$/.exec(set) ?? [];
  const fault = (why: string) => ({
    named: { module: moduleName, labels: [] },
    problem: `The setting apq.completion.recordNames is ignored for ${field}: ${why}`,
  });
  if (labelName === '')
    return fault(`“${set}” is not a module and a field. Write, for example, "Course.Label".`);
  const module = catalog.module(moduleName);
  if (module === undefined)
    return fault(`there is no module “${moduleName}”. Correct the name in the setting.`);
  const label = module.field(labelName);
  if (module.fields !== undefined && (label === undefined || !isName(label)))
    return fault(
      `${module.name} has no text field “${labelName}” that can be filtered by. Choose another field in the setting.`,
    );
  return { named: { module: module.name, labels: [label?.name ?? labelName] } };
}

/** A text that the platform can search. */
const isName = ({ type, filterable }: FieldInfo) => filterable && (type === 'string' || type === 'unknown');
