/** What the client adds to the server's lists of completion, as only it knows, or as it would be long to send with each item. */
import type * as vscode from 'vscode';
import type { CompletionMiddleware } from 'vscode-languageclient/node';
import { refusalOf } from '#core/known/look-up';
import { CLIENT_COMMANDS, type CompletionData } from '#protocol';

const SUGGEST: vscode.Command = { title: 'Suggest', command: CLIENT_COMMANDS.suggest };

/**
 * Opens the list again after an item behind which another choice follows, such as a field: the server marks these. Says
 * why values are never looked up in place of the item that would do it.
 */
export const completedLists: NonNullable<CompletionMiddleware['provideCompletionItem']> = async (
  document,
  position,
  context,
  token,
  next,
) => {
  const found = await next(document, position, context, token);
  for (const item of Array.isArray(found) ? found : (found?.items ?? [])) {
    if (item.command === undefined && isMarked(item)) item.command = SUGGEST;
    else if (item.command?.command === CLIENT_COMMANDS.lookUpValues) refuse(item);
  }
  return found;
};

/** The language client keeps the server's `data` on its items. */
function isMarked(item: vscode.CompletionItem & { readonly data?: unknown }): boolean {
  const { data } = item;
  if (typeof data !== 'object' || data === null) return false;
  return (data as Partial<Record<keyof CompletionData, unknown>>).again === true;
}

function refuse(item: vscode.CompletionItem): void {
  const given: unknown = item.command?.arguments?.[0];
  const { module, field } = (typeof given === 'object' && given !== null ? given : {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof module !== 'string' || typeof field !== 'string') return;
  const why = refusalOf({ module, field, fields: [] });
  if (why === undefined) return;
  item.label = `${field}: no values to choose from`;
  item.documentation = `${why} Type the value.`;
  delete item.command;
}
