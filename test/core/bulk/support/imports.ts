/** Imports into a sample platform in this process, over real HTTP, from tables in memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'mocha';
import { Journal, journalPath, lockJournal } from '#core/bulk/journal';
import type { JournalHead } from '#core/bulk/journal-lines';
import { type Assignment, type Deed, mapColumns, type Mapping } from '#core/bulk/mapping';
import { type PlanCounts, planImport } from '#core/bulk/plan';
import type { PlannedRow } from '#core/bulk/planned-row';
import { type RunEnding, type RunOptions, runPlan } from '#core/bulk/run-plan';
import { PlanInMemory, type RunStore } from '#core/bulk/run-store';
import type { TableReading } from '#core/bulk/table';
import type { Lock } from '#core/files/lock';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import type { ModuleInfo } from '#language';
import type { Client } from '../../../platform/support';
import { usePlatform } from '../../../platform/support';
import { clientOf } from '../../../support/api-client';
import { NO_LOG } from '../../support/runs';

export interface Import {
  readonly table: TableReading;
  readonly deed: Deed;
  readonly module?: string;
  readonly settled?: readonly (readonly [number, Assignment])[];
}

export interface Written {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What the platform sets; its help feed does not tell. */
const KEPT = /^DateCreated$|Count$/;

/** Closing the journal releases its lock. */
export function unlockedAtEnd(journal: Journal, lock: Lock): Journal {
  const close = journal.close.bind(journal);
  journal.close = async () => {
    await close();
    await lock.release();
  };
  return journal;
}

/** What a test of an import works with. Use it only inside a test. */
export class Importing {
  readonly folder = mkdtempSync(join(tmpdir(), 'apq-bulk-'));
  #modules = new Map<string, ModuleInfo>();

  constructor(readonly platform: Client) {}

  get api(): ApiClient {
    return clientOf(this.platform.platform);
  }

  async module(name = 'user'): Promise<ModuleInfo> {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    const { metadata } = await fetchMetadata(this.api, { modules: [name] });
    const found = metadata.modules.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new Error(`there is no module ${name}`);
    const fields = found.fields?.map((field) => ({
      ...field,
      ...(KEPT.test(field.name) && { writable: false }),
    }));
    const module = { ...found, ...(fields !== undefined && { fields }) };
    this.#modules.set(name, module);
    return module;
  }

  async mapping({ table, deed, module, settled = [] }: Import): Promise<Mapping> {
    const outcome = mapColumns({
      columns: table.columns,
      module: await this.module(module),
      deed,
      settled: new Map(settled),
    });
    if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join(' '));
    return outcome.mapping;
  }

  /** Plans into memory. */
  async plan(what: Import): Promise<{ counts: PlanCounts; rows: PlannedRow[] }> {
    const rows: PlannedRow[] = [];
    const source = {
      table: what.table,
      mapping: await this.mapping(what),
      module: await this.module(what.module),
      client: this.api,
    };
    const sink = {
      add: (more: readonly PlannedRow[]) => {
        for (const row of more) rows.push(row);
        return Promise.resolve();
      },
    };
    return { counts: await planImport(source, sink), rows };
  }

  /** Plans and runs in memory. */
  async run(what: Import, options: Partial<RunOptions> = {}): Promise<RunEnding & { store: RunStore }> {
    const { rows } = await this.plan(what);
    const store = new PlanInMemory(rows);
    return { ...(await this.send(store, { module: await this.module(what.module), ...options })), store };
  }

  async send(store: RunStore, options: Partial<RunOptions> & { module: ModuleInfo }): Promise<RunEnding> {
    return runPlan(store, {
      log: NO_LOG.log,
      client: this.api,
      source: 'import',
      settleMs: 0,
      lateMs: 0,
      ...options,
    });
  }

  /** What was written, as the platform saw it. */
  async writes(): Promise<{ counts: Record<string, number>; sent: Written[]; total: number }> {
    const { json } = await this.platform.ask(this.platform.control, { bearer: null });
    const sent = (json['requests'] as Written[]).filter(({ method }) => method !== 'GET');
    return { counts: json['writes'] as Record<string, number>, sent, total: json['total'] as number };
  }

  async records(filter: string, select = 'ID,Email,Surname,Town', module = 'user') {
    const path = `${module}?$select=${select}&$top=1000&$filter=${encodeURIComponent(filter)}`;
    return (await this.platform.data(path)).results;
  }

  /** Begins a journal with a plan in it. */
  async journal(what: Import, name = 'people.csv', sha256 = 'x'): Promise<Journal> {
    const path = journalPath(join(this.folder, name));
    const mapping = await this.mapping(what);
    const head: JournalHead = {
      version: 1,
      run: 'test',
      file: { name, bytes: 1, sha256 },
      root: this.platform.platform.root,
      module: (await this.module(what.module)).name,
      deed: mapping.deed,
      ...(mapping.key !== undefined && {
        key: { column: mapping.key.column, field: mapping.key.field.name },
      }),
      fields: mapping.fields.map(({ column, field, mode }) => ({ column, field: field.name, mode })),
      choices: {},
    };
    const lock = await lockJournal(path);
    const journal = await Journal.create(path, head, lock);
    const source = { table: what.table, mapping, module: await this.module(what.module), client: this.api };
    const { cleared } = await planImport(source, journal);
    await journal.planned(cleared);
    await journal.takePlace();
    return unlockedAtEnd(journal, lock);
  }
}

export function useImports(options: Parameters<typeof usePlatform>[0] = {}): () => Importing {
  const client = usePlatform(options);
  let importing: Importing | undefined;
  before(() => {
    importing = new Importing(client());
  });
  after(() => {
    if (importing !== undefined) rmSync(importing.folder, { recursive: true });
  });
  return () => {
    if (importing === undefined) throw new Error('only inside a test');
    return importing;
  };
}
