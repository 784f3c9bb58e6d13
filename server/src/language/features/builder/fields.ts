/** Modules, fields, and what may be done with them, as the builder offers them. */
import { knownValues } from '../../analysis/known-values';
import { operatorWords } from '../../analysis/operator-words';
import { recordsNamedBy } from '../../analysis/record-names';
import type { RequestModel } from '../../analysis/request-model';
import { tellingFirst } from '../../analysis/telling-fields';
import type { Catalog, CatalogModule, FieldInfo, FieldType } from '../../catalog/catalog';
import { isWritableField, isWritableModule } from '../../syntax/writable-names';
import { TYPE_NAMES } from '../../text/type-names';
import { MORE_DATES, OFFERED_DATES } from '../../vocabulary/builtins';
import { commonModulesFirst, describeField, describeModule } from '../../vocabulary/plain-words';
import type { BuilderField, BuilderModule, BuilderType, BuilderValue } from './state';
import { COUNTED_DATES, dateValue, isDate } from './values';

/** What is offered of a platform. Kept, as a state is asked for at every keystroke; what is newly known makes a new catalog. */
interface Offered {
  readonly modules: readonly BuilderModule[];
  readonly fields: Map<CatalogModule, readonly BuilderField[]>;
}
const offered = new WeakMap<Catalog, Offered>();

function offeredBy(catalog: Catalog): Offered {
  let known = offered.get(catalog);
  if (known === undefined) {
    const names = catalog.moduleNames.filter(isWritableModule).map((name) => ({ name }));
    const modules = commonModulesFirst(names).map(({ name }) => {
      const text = describeModule(name);
      return text === undefined ? { name } : { name, text };
    });
    offered.set(catalog, (known = { modules, fields: new Map() }));
  }
  return known;
}

/** The modules that a request line can name. */
export const modulesOf = (catalog: Catalog | undefined): readonly BuilderModule[] =>
  catalog === undefined ? [] : offeredBy(catalog).modules;

/** The fields that a request can name, the common ones first. */
export function fieldsOf({ module, catalog }: RequestModel): readonly BuilderField[] {
  if (module === undefined || catalog === undefined) return [];
  const { fields } = offeredBy(catalog);
  let known = fields.get(module);
  if (known === undefined) {
    known = tellingFirst(module)
      .filter(({ name }) => isWritableField(name))
      .map((field) => fieldOf(field, module, catalog));
    fields.set(module, known);
  }
  return known;
}

function fieldOf(field: FieldInfo, module: CatalogModule, catalog: Catalog): BuilderField {
  const { name, type, filterable, sortable } = field;
  const text = describeField(module.name, field);
  const linked = recordsNamedBy(name, module, catalog)?.module;
  return {
    name,
    type,
    ...(text === undefined ? {} : { text }),
    filterable,
    sortable,
    values: valuesOf(catalog, module, field),
    ...(linked === undefined ? {} : { linked }),
  };
}

/** More are a search, not a list. */
const MOST_VALUES = 100;

const valuesOf = (catalog: Catalog, module: CatalogModule, field: FieldInfo): BuilderValue[] =>
  knownValues(catalog, module, field)
    .slice(0, MOST_VALUES)
    .map(({ value, often }) => ({ value, ...(often === undefined ? {} : { text: often }) }));

/** The types of the fields, each once. */
export const typesOf = (fields: readonly BuilderField[], now: Date): BuilderType[] =>
  [...new Set(fields.map(({ type }) => type))].map((type) => ({
    type,
    name: TYPE_NAMES[type],
    operators: operatorWords(type).map(([name, meaning]) => ({ name, meaning })),
    values: typeValues(type, now),
    ...(isDate(type) ? { counted: COUNTED_DATES } : {}),
  }));

function typeValues(type: FieldType, now: Date): BuilderValue[] {
  switch (type) {
    case 'boolean':
      return [
        { value: 'true', text: 'yes' },
        { value: 'false', text: 'no' },
      ];
    case 'date':
    case 'datetime':
      return [...OFFERED_DATES.map(({ text }) => text), ...MORE_DATES].map((value) => ({
        value,
        ...dateValue(value, now),
      }));
    case 'string':
    case 'integer':
    case 'decimal':
    case 'time':
    case 'list':
    case 'unknown':
      return [];
  }
}
