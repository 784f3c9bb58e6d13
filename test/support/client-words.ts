/** What only one kind of client has: words that another's messages must not contain. */
import type { ClientKind } from '#language';
import { contributes } from '#package.json';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const TITLES = contributes.commands.map(({ title }) => escaped(title.replace(/…$/, ''))).join('|');

/** Commands, keys and places of VS Code. */
const OF_VSCODE = new RegExp(
  `APQ: [A-Z]|Ctrl\\+|Cmd\\+|F1\\b|command palette|status bar|[Cc]hoose another connection|[Tt]he output|VS Code|${TITLES}`,
);

/** Commands, options and variables of `apq`. */
const OF_TERMINAL = /\bapq [a-z]|--[a-z]|(?<!\$env )APQ_[A-Z]/;

/** What must not stand in a message to such a client; another editor's user has a terminal beside it. */
export const FOREIGN_WORDS: Readonly<Record<ClientKind, RegExp>> = {
  vscode: OF_TERMINAL,
  builder: new RegExp(`${OF_TERMINAL.source}|Ctrl\\+|Cmd\\+`),
  editor: OF_VSCODE,
  terminal: OF_VSCODE,
};
