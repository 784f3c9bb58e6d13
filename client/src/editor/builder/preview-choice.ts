/**
 * Whether the platform is asked while a request is built, as the user chose: once for production, where each read is one
 * more on the platform that everybody works with, and once for all others.
 */
import type * as vscode from 'vscode';

const MEMORY = { production: 'apq.builder.askProduction', other: 'apq.builder.ask' } as const;

const keyOf = (production: boolean) => (production ? MEMORY.production : MEMORY.other);

export function isAsking(memory: vscode.Memento, production: boolean): boolean {
  const chosen = memory.get<unknown>(keyOf(production));
  return typeof chosen === 'boolean' ? chosen : !production;
}

export const rememberAsking = async (
  memory: vscode.Memento,
  production: boolean,
  on: boolean,
): Promise<void> => Promise.resolve(memory.update(keyOf(production), on));
