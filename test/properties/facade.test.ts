/** The language never fails: no method of its façade throws on any text, and every span that it returns is in the text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BuilderChange, LanguageService } from '#language';
import { type ApqDocument, type Span } from '#language';
import { serviceWith } from '../language/support/language';
import { anyFile, FIXTURES } from './support/files';
import { property } from './support/property';

const service = serviceWith();

interface Place {
  readonly document: ApqDocument;
  readonly offset: number;
  readonly range: Span;
}

type Method = Exclude<
  {
    [K in keyof LanguageService]: LanguageService[K] extends (...all: never) => unknown ? K : never;
  }[keyof LanguageService],
  // Those in steps are what the others do at once.
  'setPlatforms' | 'setMetadata' | `${string}InSteps`
>;

const each = (
  { document }: Place,
  ask: (request: ReturnType<LanguageService['requests']>[number]) => unknown,
) => service.requests(document).map(ask);

/** A change of each kind. */
const BUILDER_CHANGES: readonly BuilderChange[] = [
  { kind: 'module', name: 'User' },
  { kind: 'select', fields: ['Label', 'ID'] },
  { kind: 'order', order: [{ text: 'ID', descending: true }] },
  { kind: 'add-condition', join: 'and', condition: { field: 'Label', operator: 'contains', value: "it's" } },
  { kind: 'set-condition', index: 0, condition: { field: 'ID', operator: 'eq', value: '1' } },
  { kind: 'set-join', index: 1, join: 'or' },
  { kind: 'remove-condition', index: 0 },
  { kind: 'top', top: undefined },
  { kind: 'pages', pages: 'all' },
];

/** How each method is called. The compiler asks for a new one. */
const CALLS = {
  wantedMetadata: ({ document }) => service.wantedMetadata(document),
  parse: ({ document, offset }) => service.parse(document.text.slice(offset), document),
  edit: ({ document, range }) => service.edit(document, { ...range, text: 'x' }),
  diagnoseBlocks: ({ document }) => service.diagnoseBlocks(document).length,
  diagnose: ({ document }) => service.diagnose(document),
  diagnoseRequest: (place) => each(place, (request) => service.diagnoseRequest(place.document, request)),
  fieldWords: (place) => each(place, (request) => service.fieldWords(request)),
  namedPlatform: (place) => each(place, (request) => service.namedPlatform(place.document, request)),
  fixes: ({ document }) => service.fixes(document, { offset: 0, length: document.text.length }),
  fixAll: ({ document }) => service.fixAll(document),
  sureFixes: ({ document }) => service.sureFixes(document),
  complete: ({ document, offset }) => service.complete(document, offset),
  hover: ({ document, offset }) => service.hover(document, offset),
  signature: ({ document, offset }) => service.signature(document, offset)?.label,
  selections: ({ document, offset }) => service.selections(document, offset),
  nameAt: ({ document, offset }) => service.nameAt(document, offset),
  definitions: ({ document, offset }) => service.definitions(document, offset),
  references: ({ document, offset }) => service.references(document, offset, true),
  rename: ({ document, offset }) => service.rename(document, offset, 'another'),
  rewritings: ({ document, offset }) => service.rewritings(document, offset),
  format: ({ document, range }) => [service.format(document), service.format(document, range)],
  outline: ({ document }) => service.outline(document),
  folds: ({ document }) => service.folds(document).length,
  semanticTokens: ({ document }) => service.semanticTokens(document).length,
  hints: ({ document, range }) => service.hints(document, range),
  links: ({ document }) => service.links(document),
  requests: ({ document }) => service.requests(document).length,
  requestAt: ({ document, offset }) => service.requestAt(document, offset)?.block.offset,
  fieldTypesOf: (place) => each(place, (request) => service.fieldTypesOf(request, request.module).size),
  variableNames: ({ document }) => [...service.variableNames(document)],
  dependencies: (place) => each(place, (request) => service.dependencies(place.document, request).length),
  expectations: (place) => each(place, (request) => service.expectations(place.document, request).length),
  build: (place) => each(place, (request) => service.build(place.document, request).ok),
  buildSql: (place) => each(place, (request) => service.buildSql(place.document, request).ok),
  sqlTables: (place) => each(place, (request) => service.sqlTables(place.document, request).size),
  listSources: (place) => each(place, (request) => service.listSources(place.document, request).length),
  sqlSchema: (place) => each(place, (request) => service.sqlSchema(place.document, request).length),
  sqlChecks: ({ document }) => service.sqlChecks(document).length,
  addSqlVerdict: ({ document, offset }) => {
    for (const check of service.sqlChecks(document))
      service.addSqlVerdict(check, { ok: false, fault: { message: 'Wrong.', offset, isSyntax: true } });
    return service.diagnose(document);
  },
  fieldsOf: (place) => each(place, (request) => service.fieldsOf(request, 'CourseDate').length),
  parameterInFile: ({ document }) => service.parameterInFile({ name: '$filter', value: document.file.text }),
  writeBack: (place) =>
    each(place, (request) =>
      service.writeBack(request, {
        orderby: [{ field: 'ID', descending: true }],
        conditions: [{ field: 'Label', operator: 'eq', value: "it's" }],
      }),
    ),
  builderState: ({ document, offset }) => service.builderState(document, offset),
  builderRecords: ({ document, offset }) =>
    ['', 'ja'].map((text) => service.builderRecords(document, offset, 'CourseID', text)),
  builderEdit: ({ document, offset }) =>
    BUILDER_CHANGES.map((change) => service.builderEdit(document, offset, change)),
  searched: () => service.searched({ connection: 'Demo', module: 'User', text: 'car' }, { whole: true }),
  forgetSearches: () => service.forgetSearches('Demo'),
  writeSql: (place) =>
    each(place, (request) =>
      service.writeSql(place.document, request, {
        title: 'Records by Town',
        levels: [{ column: 'Town', kind: 'text' }],
        measures: [{ figure: 'count' }],
        conditions: [{ column: 'Label', kind: 'text', operator: 'eq', values: ["it's"] }],
        part: true,
      }),
    ),
} satisfies Record<Method, (place: Place) => unknown>;

/** Fails when a span anywhere in the value is outside the text. Trees and fixes of a block have places of their own. */
function checkSpans(value: unknown, length: number, name: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (
    'offset' in value &&
    'length' in value &&
    typeof value.offset === 'number' &&
    typeof value.length === 'number'
  )
    assert.ok(
      value.offset >= 0 && value.length >= 0 && value.offset + value.length <= length,
      `${name}: ${value.offset} + ${value.length} of ${length}`,
    );
  for (const [key, inner] of Object.entries(value))
    if (key !== 'tree' && key !== 'fixes') checkSpans(inner, length, name);
}

function useAll(text: string, at: number, to: number): void {
  const document = service.parse(text);
  const ends = [at % (text.length + 1), to % (text.length + 1)];
  const range = { offset: Math.min(...ends), length: Math.abs((ends[0] ?? 0) - (ends[1] ?? 0)) };
  const place = { document, offset: ends[0] ?? 0, range };
  for (const [name, call] of Object.entries(CALLS)) {
    const result = call(place);
    if (name !== 'parse' && name !== 'edit') checkSpans(result, text.length, name);
  }
}

describe('façade', () => {
  property(
    'façade: no method throws on a prefix of a fixture',
    600,
    fc.tuple(fc.constantFrom(...FIXTURES), fc.nat()),
    ([text, end]) => useAll(text.slice(0, end % (text.length + 1)), end, 0),
  );

  property(
    'façade: no method throws on any text',
    1000,
    fc.tuple(anyFile, fc.nat(), fc.nat()),
    ([text, at, to]) => useAll(text, at, to),
  );
});
