/** Methods, modules, and whole requests. */
import { moduleDocs, moduleSummary } from '../analysis/documentation';
import { parametersFor } from '../analysis/request-model';
import type { Catalog, FieldInfo } from '../catalog/catalog';
import { writtenName } from '../syntax/sql/written-name';
import { isWritableField, isWritableModule } from '../syntax/writable-names';
import { PAGE_SIZE } from '../text/limits';
import { codeBlock } from '../text/markdown';
import { nameKey } from '../text/names';
import { escapeSnippet } from '../text/snippets';
import { endOf, type Span } from '../text/span';
import { METHOD_NAMES, METHODS } from '../vocabulary/methods';
import { nextStep } from '../vocabulary/next-steps';
import { parameterOf } from '../vocabulary/parameters';
import { commonModulesFirst } from '../vocabulary/plain-words';
import type { CompletionContext } from './context';
import type { CompletionItem } from './items';

/** The methods that take the clauses of the request. */
export function completeMethod({ model }: CompletionContext, where: Span): CompletionItem[] {
  const written = model.tree.clauses.flatMap((clause) => parameterOf(clause.name.text) ?? []);
  const space = model.tree.text[endOf(where)] === ' ' ? '' : ' ';
  return METHOD_NAMES.filter((method) => written.every((name) => parametersFor(method).includes(name))).map(
    (method, index) => ({
      label: method,
      kind: 'method',
      detail: METHODS[method].meaning,
      documentation: METHODS[method].docs,
      replace: where,
      insert: method + space,
      rank: index,
      retrigger: true,
    }),
  );
}

/** `SQL`, on a line of its own in a request that has nothing else yet. */
export function completeSqlLine({ model, symbols }: CompletionContext, where: Span): CompletionItem[] {
  const { text, clauses, body, sql } = model.tree;
  const rest = /^[^\r\n]*/.exec(text.slice(endOf(where)))?.[0].trim() ?? '';
  if (clauses.length > 0 || body !== undefined || rest !== '') return [];
  const [table = 'name'] = symbols.requests.keys();
  const statement =
    sql === undefined ? `\nselect \${2:*}\nfrom \${1:${escapeSnippet(writtenName(table))}}$0` : '';
  return [
    {
      label: 'SQL',
      kind: 'method',
      detail: 'asks the answers of other requests',
      documentation:
        'A query over the answers of the other requests of this file: each request with a `# @name` is a table.\n\n' +
        codeBlock('SQL\nselect Town, count(*) as companies\nfrom companies\ngroup by Town'),
      replace: where,
      insert: `SQL${statement}`,
      snippet: true,
      rank: METHOD_NAMES.length,
    },
  ];
}

export function completeModule(
  { model, offset, evaluation }: CompletionContext,
  where: Span,
): CompletionItem[] {
  const { catalog } = model;
  if (catalog === undefined) {
    return [
      {
        label: 'No metadata yet',
        kind: 'note',
        documentation: nextStep(evaluation.client, 'first-module'),
        replace: { offset, length: 0 },
        insert: '',
        filter: ' ',
        help: 'refresh-metadata',
        rank: 9,
      },
    ];
  }
  // Right after `…/api/v2`, the slash is still missing.
  const slash = /\bv2$|\/modules$/i.test(model.tree.text.slice(0, where.offset)) ? '/' : '';
  return commonModulesFirst([...catalog.modules])
    .filter(({ name }) => isWritableModule(name))
    .map((module) => ({
      label: module.name,
      kind: 'module',
      detail: moduleSummary(module),
      documentation: () => moduleDocs(module),
      replace: where,
      insert: slash + module.name,
      rank: 5,
    }));
}

/** Names for a whole request: the usual ones, or those that the platform has instead; undefined where none fits. */
interface Names {
  readonly module: string;
  readonly select: string;
  readonly filter: string | undefined;
  readonly write: string | undefined;
}

function namesFor(catalog: Catalog | undefined, usual: string, text: string): Names {
  const module = catalog?.module(usual) ?? [...(catalog?.modules ?? [])][0];
  const fields = module?.fields;
  if (fields === undefined)
    return { module: module?.name ?? usual, select: 'ID, Label', filter: text, write: text };
  const known = ['ID', 'Label'].flatMap((name) => module?.field(name)?.name ?? []);
  const pick = (fits: (field: FieldInfo) => boolean): string | undefined => {
    const all = fields
      .filter((field) => field.type === 'string' && fits(field) && isWritableField(field.name))
      .map(({ name }) => name);
    return all.find((name) => nameKey(name) === nameKey(text)) ?? all[0];
  };
  return {
    module: module?.name ?? usual,
    select: known.length > 0 ? known.join(', ') : (fields[0]?.name ?? 'ID'),
    filter: pick(({ filterable }) => filterable),
    write: pick(({ name, writable }) => writable !== false && name !== 'ID'),
  };
}

interface WholeRequest {
  readonly label: string;
  readonly detail: string;
  readonly module: string;
  /** The text field that it filters by or writes. */
  readonly text: string;
  readonly value: string;
  readonly insert: (names: Names, value: string) => string | undefined;
}

const REQUESTS: readonly WholeRequest[] = [
  {
    label: 'read records',
    detail: 'GET with $select and $filter',
    module: 'coursedate',
    text: 'Status',
    value: 'Available',
    insert: ({ module, select, filter }, value) =>
      filter &&
      `GET \${1:${module}}\n\\$select = \${2:${select}}\n\\$filter = \${3:${filter} eq '${value}'}\n\\$top    = \${4:${PAGE_SIZE}}$0`,
  },
  {
    label: 'count records',
    detail: 'GET with $count',
    module: 'coursedate',
    text: 'Status',
    value: 'Available',
    insert: ({ module, filter }, value) =>
      filter &&
      `GET \${1:${module}}\n\\$filter = \${2:${filter} eq '${value}'}\n\\$top    = 1\n\\$count  = true$0`,
  },
  {
    label: 'create a record',
    detail: 'POST',
    module: 'user',
    text: 'Surname',
    value: 'Smith',
    insert: ({ module, write }, value) =>
      write && `POST \${1:${module}}\n{\n  "\${2:${write}}": "\${3:${value}}"\n}$0`,
  },
  {
    label: 'create or update a record',
    detail: 'POST with $upsert',
    module: 'user',
    text: 'Email',
    value: 'name@example.com',
    insert: ({ module, filter, write }, value) =>
      filter &&
      write &&
      `POST \${1:${module}}\n\\$upsert = \${2:${filter}} eq '\${3:${value}}'\n{\n  "${filter === write ? '\${2' : '\${4'}:${write}}": "\${3:${value}}"\n}$0`,
  },
  {
    label: 'change a record',
    detail: 'PUT',
    module: 'coursedate',
    text: 'Status',
    value: 'Available',
    insert: ({ module, write }, value) =>
      write && `PUT \${1:${module}}/\${2:ID}\n{\n  "\${3:${write}}": "\${4:${value}}"\n}$0`,
  },
  {
    label: 'remove a record',
    detail: 'DELETE; can’t be undone',
    module: 'coursedate',
    text: 'Status',
    value: '',
    insert: ({ module }) => `DELETE \${1:${module}}/\${2:ID}$0`,
  },
];

/** Whole requests; with `separate`, each starts with the `###` line of a new request. */
export const completeRequest = (
  { model }: CompletionContext,
  where: Span,
  separate: boolean,
): CompletionItem[] =>
  REQUESTS.flatMap(({ label, detail, module, text, value, insert: write }) => {
    const insert = write(namesFor(model.catalog, module, text), value);
    if (insert === undefined) return [];
    return {
      label: separate ? `### ${label}` : label,
      kind: 'snippet' as const,
      detail,
      documentation: codeBlock(
        insert
          .replace(/\$\{\d:([^}]*)\}/g, '$1')
          .replaceAll('$0', '')
          .replaceAll('\\$', '$'),
      ),
      replace: where,
      insert: separate ? `### \${9:${label}}\n${insert}` : insert,
      snippet: true,
      rank: 8,
    };
  });
