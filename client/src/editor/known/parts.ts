/** What the commands of this room work with. */
import type { ConnectionParts } from '../connections/parts';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { LanguageServer } from '../workbench/language-server';
import type { KnownDataHub } from './known-data-hub';

export interface KnownCommandParts extends ConnectionParts {
  readonly metadata: Pick<EditorMetadata, 'of' | 'modules' | 'fields'>;
  readonly hub: Pick<
    KnownDataHub,
    'stay' | 'peopleOf' | 'keepLookedUp' | 'forget' | 'rememberNames' | 'onDidForget'
  >;
  readonly server: Pick<LanguageServer, 'onRecordsWanted' | 'tellSearched' | 'list'>;
}
