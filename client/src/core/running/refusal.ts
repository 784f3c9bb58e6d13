/** Every reason why a request is not sent, each with a sentence. */
import type { Diagnostic, Method, NamedPlatform, RequestInfo } from '#language';
import { nextStepHere } from '../client';
import type { Connection } from '../connections/connection';
import { titleOf } from './query-file';

export type RefusalReason =
  /** The request names no connection, and none is in use. */
  | { readonly kind: 'no-connection' }
  /** `# @connection` names one that does not exist. */
  | { readonly kind: 'unknown-connection'; readonly name: string }
  /** The file has errors in this request; at least one. */
  | { readonly kind: 'errors'; readonly errors: readonly [Diagnostic, ...Diagnostic[]] }
  /** `@name = ?Prompt` variables, where no user can be asked. */
  | {
      readonly kind: 'prompts';
      readonly prompts: readonly { readonly name: string; readonly message: string }[];
    }
  /** A value is missing, or can't be sent. */
  | { readonly kind: 'values'; readonly message: string }
  /** The connection of a run is gone, or leads elsewhere, since it began. */
  | { readonly kind: 'connection-changed'; readonly name: string }
  | { readonly kind: 'read-only'; readonly connection: Connection; readonly method: Method }
  /** A change that the settings of the user or the workspace refuse, whatever the connection says. */
  | { readonly kind: 'changes-off'; readonly method: Method }
  /** A change whose address names another platform than that of its connection. */
  | {
      readonly kind: 'other-platform';
      readonly named: NamedPlatform;
      readonly connection: Connection;
      readonly method: Method;
      readonly message: string;
    }
  /** A change below a `# @connection` that stands in no request, and so says nothing about it. */
  | { readonly kind: 'stray-connection'; readonly name: string }
  /** `{{$env NAME}}` of a name that secrets have. */
  | { readonly kind: 'secret-environment'; readonly name: string }
  | { readonly kind: 'no-environment'; readonly name: string }
  /** A change after a request of the same run that did not end well. */
  | { readonly kind: 'after-failure'; readonly failed: RequestInfo }
  /** A change that the user did not agree to. */
  | { readonly kind: 'not-agreed'; readonly message: string }
  /** The request whose response it needs was refused or failed. */
  | { readonly kind: 'needs'; readonly needed: RequestInfo }
  /** A SQL request, one of whose tables would be the answer to a change. `name`: of the table. */
  | { readonly kind: 'table-changes'; readonly name: string; readonly table: RequestInfo }
  /** The user cancelled a question, or has seen the reason already. */
  | { readonly kind: 'told' };

/** Thrown instead of sending. The message is a whole sentence; callers who can offer more look at the reason. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly request: RequestInfo,
    readonly reason: RefusalReason,
  ) {
    super(sentenceOf(titleOf(request), reason));
  }
}

/** For a request whose connection is not known. `active`: the one in use when its run began. */
export function noConnectionFor(request: RequestInfo, active?: Connection): Refusal {
  const { connection: name } = request;
  if (name !== undefined) return new Refusal(request, { kind: 'unknown-connection', name });
  return new Refusal(
    request,
    active === undefined ? { kind: 'no-connection' } : { kind: 'connection-changed', name: active.name },
  );
}

function sentenceOf(title: string, reason: RefusalReason): string {
  switch (reason.kind) {
    case 'no-connection':
      return `There is no connection yet. ${nextStepHere('connect')}`;
    case 'unknown-connection':
      return `“${title}” was not sent: there is no connection “${reason.name}”, which it asks for (# @connection). ${nextStepHere('know-connection', reason.name)}`;
    case 'stray-connection':
      return `“${title}” was not sent: “# @connection ${reason.name}” on top of the file is in no request, so it is for none. Write it in each request that it is for, or remove it.`;
    case 'errors': {
      const [first, ...more] = reason.errors;
      return `“${title}” can’t run yet. ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
    }
    case 'prompts': {
      const asked = reason.prompts.map(({ name, message }) => `“${name}” is asked for (${message})`);
      return `“${title}” was not sent: ${asked.join('; ')}, and nobody can be asked here. ${nextStepHere('give-value', reason.prompts[0]?.name)}`;
    }
    case 'values':
    case 'not-agreed':
      return reason.message;
    case 'connection-changed':
      return `“${title}” was not sent: ${reason.name} was removed, or leads to another platform by now. Look at the connection, and run it again.`;
    case 'read-only':
      return `${reason.connection.name} is read-only, so this ${reason.method} was not sent. ${nextStepHere('allow-changes')}`;
    case 'changes-off':
      return `The setting “APQ › Changes: Level” refuses all changes in this window, so this ${reason.method} was not sent. Whoever set it for you, this workspace or its folder can allow changes again.`;
    case 'other-platform':
      return `${reason.message} This ${reason.method} was not sent.`;
    case 'secret-environment':
      return `“${title}” was not sent: {{$env ${reason.name}}} would put a secret into a request, and so into addresses and logs. Remove it here. ${nextStepHere('keep-secret')}`;
    case 'no-environment':
      return `“${title}” was not sent: the environment variable ${reason.name} is not set.`;
    case 'after-failure':
      return `“${title}” was not sent: it changes records, and “${titleOf(reason.failed)}” failed.`;
    case 'needs':
      return `“${title}” was not run: “${titleOf(reason.needed)}”, whose answer it needs, was refused.`;
    case 'table-changes':
      return `“${title}” was not run: its table “${reason.name}” is the answer to a ${reason.table.method ?? 'change'}, which changes records. Read the records with a GET, and use that as the table.`;
    case 'told':
      return `“${title}” was not sent.`;
  }
}
