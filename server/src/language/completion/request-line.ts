/** Methods, modules, and whole requests. */
import { METHOD_DOCS, moduleDocs } from '../analysis/documentation';
import type { Method } from '../request/wire';
import { parameterOf } from '../syntax/clause-parser';
import { parametersFor } from '../analysis/request-model';
import { endOf, type Span } from '../text/span';
import type { CompletionContext } from './context';
import type { CompletionItem } from './items';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE'];

const METHOD_NAMES: Readonly<Record<Method, string>> = {
  GET: 'reads',
  POST: 'creates',
  PUT: 'changes',
  DELETE: 'removes',
};

/** Those that may have the clauses that are there already. */
export function completeMethod({ model }: CompletionContext, where: Span): CompletionItem[] {
  const written = model.tree.clauses.flatMap((clause) => parameterOf(clause.name.text) ?? []);
  const space = model.tree.text[endOf(where)] === ' ' ? '' : ' ';
  return METHODS.filter((method) => written.every((name) => parametersFor(method).includes(name))).map(
    (method, index) => ({
      label: method,
      kind: 'method',
      detail: METHOD_NAMES[method],
      documentation: METHOD_DOCS[method],
      replace: where,
      insert: method + space,
      rank: index,
      retrigger: true,
    }),
  );
}

export function completeModule({ model, offset }: CompletionContext, where: Span): CompletionItem[] {
  const { catalog } = model;
  if (catalog === undefined) {
    return [
      {
        label: 'No metadata yet',
        kind: 'note',
        documentation:
          'Modules are known once there is a connection: run “APQ: Add Connection”, or “APQ: Open Sample Platform” to try things out.',
        replace: { offset, length: 0 },
        insert: '',
        filter: ' ',
        help: 'refresh-metadata',
        rank: 9,
      },
    ];
  }
  // Right after `…/api/v2` the slash is still missing.
  const slash = /\bv2$|\/modules$/i.test(model.tree.text.slice(0, where.offset)) ? '/' : '';
  return [...catalog.modules].map((module) => ({
    label: module.name,
    kind: 'module',
    detail: module.fields === undefined ? 'module' : `module · ${module.fields.length} fields`,
    documentation: moduleDocs(module),
    replace: where,
    insert: slash + module.name,
    rank: 5,
  }));
}

const SNIPPETS: readonly { readonly label: string; readonly detail: string; readonly insert: string }[] = [
  {
    label: 'read records',
    detail: 'GET with $select and $filter',
    insert:
      "GET ${1:coursedate}\n\\$select = ${2:ID, Label}\n\\$filter = ${3:Status eq 'Available'}\n\\$top    = ${4:50}$0",
  },
  {
    label: 'count records',
    detail: 'GET with $count',
    insert: "GET ${1:coursedate}\n\\$filter = ${2:Status eq 'Available'}\n\\$top    = 1\n\\$count  = true$0",
  },
  {
    label: 'create a record',
    detail: 'POST',
    insert: 'POST ${1:user}\n{\n  "${2:Surname}": "${3:Smith}"\n}$0',
  },
  {
    label: 'create or update a record',
    detail: 'POST with $upsert',
    insert:
      'POST ${1:user}\n\\$upsert = ${2:Email} eq \'${3:name@example.com}\'\n{\n  "${2:Email}": "${3:name@example.com}"\n}$0',
  },
  {
    label: 'change a record',
    detail: 'PUT',
    insert: 'PUT ${1:coursedate}/${2:2024}\n{\n  "${3:Status}": "${4:Available}"\n}$0',
  },
  {
    label: 'remove a record',
    detail: 'DELETE; can’t be undone',
    insert: 'DELETE ${1:coursedate}/${2:2024}$0',
  },
];

/** Whole requests; after a request they start with the line that begins a new one. */
export const completeRequest = (where: Span, separate: boolean): CompletionItem[] =>
  SNIPPETS.map(({ label, detail, insert }) => ({
    label: separate ? `### ${label}` : label,
    kind: 'snippet',
    detail,
    documentation:
      '```apq\n' +
      insert
        .replace(/\$\{\d:([^}]*)\}/g, '$1')
        .replaceAll('$0', '')
        .replaceAll('\\$', '$') +
      '\n```',
    replace: where,
    insert: separate ? `### \${9:${label}}\n${insert}` : insert,
    snippet: true,
    rank: 8,
  }));
