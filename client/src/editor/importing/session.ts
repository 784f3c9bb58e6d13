/** What a user does on the page of an import changes the draft; the page then shows the draft. */
import type { CellCheck } from '#core/bulk/check-cells';
import type { ImportDraft } from '#core/bulk/import-draft';
import { type Deed, FIELD_MODES, type Mapping } from '#core/bulk/mapping';
import { chosen } from '#core/bulk/reading/choice-words';
import type { Connection } from '#core/connections/connection';
import { mask } from '#core/text/mask';
import { type ModuleInfo, nearest } from '#language';
import type { FromImport, ImportState, ShownDeed } from '#webview/importing/messages';
import { importState } from './import-state';
import { sentenceOf } from './sentence-of';

/** Where records are imported to. */
export interface ImportTarget {
  readonly connection: Connection;
  readonly production: boolean;
  readonly modules: readonly string[];
  /** Undefined where the platform has no such module. Throws an `ApiError`. */
  readonly moduleNamed: (name: string) => Promise<ModuleInfo | undefined>;
}

/** What a user does to the draft. */
export type DraftMessage = Exclude<FromImport, { type: 'plan' | 'cancel' }>;

export class ImportSession {
  #check: CellCheck | undefined;
  #version = 0;

  constructor(
    readonly draft: ImportDraft,
    readonly target: ImportTarget,
  ) {}

  /** Does what the message says, and returns what is shown then. Throws only when `signal` is aborted. */
  async apply(message: DraftMessage, signal?: AbortSignal): Promise<ImportState> {
    const { draft, target } = this;
    let error: string | undefined;
    try {
      error = await this.#do(message, signal);
      this.#check = await draft.check(signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      error = sentenceOf(thrown);
    }
    return importState(draft, {
      ...{ check: this.#check, version: ++this.#version, error: mask(error ?? '') },
      ...{ connection: target.connection, production: target.production, modules: target.modules },
    });
  }

  /** What is planned, where the user saw all of it: undefined where it is another, or not whole. */
  settled(version: number): { readonly mapping: Mapping; readonly module: ModuleInfo } | undefined {
    const { outcome, module } = this.draft;
    if (version !== this.#version || outcome?.ok !== true || module === undefined) return undefined;
    return { mapping: outcome.mapping, module };
  }

  /** Returns what is wrong: a sentence. */
  async #do(message: DraftMessage, signal: AbortSignal | undefined): Promise<string | undefined> {
    const { draft } = this;
    switch (message.type) {
      case 'ready':
        return undefined;
      case 'choose':
        await draft.choose(chosen(message.name, message.value) ?? {}, signal);
        return undefined;
      case 'module':
        return this.#useModule(message.name.trim());
      case 'deed': {
        const deed = deedOf(message.deed);
        if (deed !== undefined) draft.useDeed(deed);
        return undefined;
      }
      case 'assign': {
        const mode = FIELD_MODES.find((each) => each === message.mode) ?? 'write';
        const field = message.field.trim();
        draft.assign(message.column, { field: field === '' ? undefined : field, mode });
        return undefined;
      }
      case 'edit':
        draft.edit(message.row, message.column, message.text);
        return undefined;
    }
  }

  async #useModule(name: string): Promise<string | undefined> {
    if (name === '') return undefined;
    const { connection, modules, moduleNamed } = this.target;
    const module = await moduleNamed(name);
    if (module !== undefined) {
      this.draft.useModule(module);
      return undefined;
    }
    const near = nearest(name, modules);
    return `${connection.name} has no module “${name}”.${near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`}`;
  }
}

function deedOf({ kind, by }: ShownDeed): Deed | undefined {
  switch (kind) {
    case '':
      return undefined;
    case 'create':
      return { kind };
    case 'update':
      return { kind, column: by };
    case 'upsert':
      return { kind, field: by.trim() };
  }
}
