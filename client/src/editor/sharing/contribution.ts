/** Requests to and from other tools: copying as code, importing, pasting. */
import * as vscode from 'vscode';
import { targetOf } from '../running/requests';
import { registerCommands } from '../workbench/commands';
import type { Output } from '../workbench/output';
import { copyAs, type CopyParts } from './copy-as';
import { importFile, pasteAsRequest } from './import';
import { offerPaste } from './paste';

export interface SharingParts extends CopyParts {
  readonly output: Output;
}

export const contributeSharing = (parts: SharingParts): vscode.Disposable[] => [
  ...offerPaste(parts.output),
  ...registerCommands({
    'apq.copyAs': (uri, index, language) =>
      copyAs(parts, targetOf(uri, index), typeof language === 'string' ? language : undefined),
    'apq.importFile': (uri) => importFile(parts.output, uri instanceof vscode.Uri ? uri : undefined),
    'apq.pasteAsRequest': () => pasteAsRequest(parts.output),
  }),
];
