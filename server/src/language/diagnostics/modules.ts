/** `unknown-method`, `missing-module`, `unknown-module`, `no-metadata`: the names on the request line. */
import { recordAddress } from '../analysis/record-address';
import { isWritableModule } from '../syntax/writable-names';
import { listed } from '../text/lists';
import { meantMethod, METHOD_NAMES, slippedMethod } from '../vocabulary/methods';
import type { LongCheck } from './check';
import { nearestFixes, replace } from './check';
import { reportSpoken } from './spoken-module';
import { reportStatement } from './statements';

export const checkModule: LongCheck = function* (context) {
  const { model, report } = context;
  const { tree, catalog } = model;
  const { request } = tree;
  if (request === undefined) {
    const orphan = tree.clauses[0]?.name ?? tree.body?.content;
    if (orphan !== undefined)
      report(
        'missing-module',
        { ...orphan, length: Math.min(orphan.length, 40) },
        'Write a request line before this, for example: GET coursedate',
      );
    return;
  }
  // The parser says what it is.
  if (request.isCommand) {
    if (request.statement !== undefined) yield* reportStatement(context, request.statement);
    return;
  }
  const { method, target } = request;
  if (reportSpoken({ model, report }, request)) return;
  if (method !== undefined && model.method === undefined) {
    const better = meantMethod(method.text);
    // A guess must not make a change of it.
    const isSure = slippedMethod(method.text) === undefined || better === 'GET';
    report(
      'unknown-method',
      method,
      `The API has no ${method.text.toUpperCase()}. ${better === undefined ? `Write ${listed(METHOD_NAMES, 'or')}.` : `Write ${better}.`}`,
      {
        fixes: better === undefined ? [] : [replace(method, better, undefined, isSure)],
      },
    );
  }
  if (target.endpoint === 'token' || target.endpoint === 'modules') return;
  if (target.module.length === 0) {
    const where = target.length > 0 ? target : (method ?? target);
    report(
      'missing-module',
      where,
      `Write a module${method === undefined ? '' : ` after ${method.text}`}, for example: ${method?.text ?? 'GET'} coursedate`,
    );
    return;
  }
  if (catalog === undefined || target.module.references.length > 0) return;
  // What is wrong about `coursedate(Label='x')` is told with the ID.
  if (recordAddress(target, tree.text)?.hasParentheses === true) return;
  const { module } = model;
  if (module === undefined) {
    const { fixes, hint } = nearestFixes(
      { model },
      target.module,
      catalog.moduleNames,
      undefined,
      isWritableModule,
    );
    const parentheses = target.module.text.includes('(');
    report(
      'unknown-module',
      target.module,
      parentheses
        ? "The API has no parentheses after a module. Write the module alone, and a filter: $filter = ID eq '2024'."
        : `There is no module “${target.module.text}” that this connection’s user can see.${hint}`,
      parentheses ? {} : { fixes, next: hint === '' ? 'list-modules' : undefined },
    );
  } else if (module.fields === undefined && target.endpoint === 'data') {
    report(
      'no-metadata',
      target.module,
      `The fields of ${module.name} have not been fetched yet, so they can’t be completed or checked.`,
      { next: 'refresh-metadata' },
    );
  }
};
