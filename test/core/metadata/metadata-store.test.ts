/** The metadata store: cache file first, several windows with one file, fetching in the background. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { cachePath } from '#core/metadata/cache-file';
import { MetadataStore } from '#core/metadata/store';
import { ApiError } from '#core/remote/api-error';
import { type Metadata, parseMetadata } from '#language';
import { clientOf } from '../../support/api-client';
import { type RunningPlatform, startPlatformProcess } from '../../support/platform-process';

describe('metadata store', () => {
  let platform: RunningPlatform;
  let folder: string;
  let stores: MetadataStore[];
  before(async () => {
    platform = await startPlatformProcess();
  });
  after(async () => platform.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apq-'));
    stores = [];
    await platform.control({ reset: true });
  });
  afterEach(async () => {
    for (const store of stores) store.dispose();
    await rm(folder, { recursive: true });
  });

  const client = () => clientOf(platform);
  const connection = () => client().connection;
  const storeIn = (options: { changed?: () => void; keeps?: boolean } = {}) => {
    const store = new MetadataStore({
      folder,
      client,
      keeps: () => options.keeps ?? true,
      ...(options.changed === undefined ? {} : { changed: options.changed }),
    });
    stores.push(store);
    return store;
  };
  const path = () => cachePath(folder, platform.root);
  const onDisk = async (): Promise<Metadata | undefined> => {
    const read = parseMetadata(await readFile(path(), 'utf8').catch(() => ''));
    return read.ok ? read.metadata : undefined;
  };
  const fieldsOf = (metadata: Metadata | undefined, name: string) =>
    metadata?.modules.find((module) => module.name === name)?.fields?.length;
  const requests = async () => {
    const response = await fetch(`${new URL(platform.root).origin}/_control`);
    const { total } = (await response.json()) as { total: number };
    return total;
  };

  it('fetches names at once and fields when they are needed, and keeps both', async () => {
    const store = storeIn();
    await store.fetchModules(connection());
    assert.equal(store.of(platform.root)?.modules.length, 138);
    assert.equal(fieldsOf(store.of(platform.root), 'CourseDate'), undefined);
    await store.fetchFields(connection(), ['coursedate']);
    assert.ok((fieldsOf(await onDisk(), 'CourseDate') ?? 0) > 5);
    assert.equal(await requests(), 2, 'the list is not asked for again');
  });

  it('begins with the cache, without a call', async () => {
    await storeIn().refresh(connection());
    const before = await requests();
    const store = storeIn();
    const read = await store.read(connection());
    assert.equal(read?.ok, true);
    assert.ok(store.of(platform.root)?.modules.every(({ fields }) => fields !== undefined));
    assert.equal(await requests(), before);
  });

  it('fetches the rest a few modules at a time, and goes on where it was interrupted', async () => {
    const store = storeIn();
    await store.fetchModules(connection());
    const abort = new AbortController();
    const seen: number[] = [];
    await store
      .fetchRest(connection(), {
        signal: abort.signal,
        onProgress: (done) => {
          seen.push(done);
          if (done >= 24) abort.abort();
        },
      })
      .catch((error: unknown) => assert.equal(error instanceof ApiError && error.kind, 'cancelled'));
    assert.deepEqual(seen, [12, 24]);
    const known = (await onDisk())?.modules.filter(({ fields }) => fields !== undefined).length;
    assert.equal(known, 24);
    const again = storeIn();
    await again.read(connection());
    await again.fetchRest(connection());
    assert.ok((await onDisk())?.modules.every(({ fields }) => fields !== undefined));
  });

  it('keeps what was found out about the platform when the metadata is fetched again, for all windows', async () => {
    const [one, other] = [storeIn(), storeIn()];
    await one.fetchModules(connection());
    await other.read(connection());
    const findings = { checkedAt: '2026-01-31T12:00:00Z', traits: { parentheses: true } };
    await one.keepFindings(connection(), findings);
    await other.fetchFields(connection(), ['Course']);
    await one.refresh(connection());
    assert.deepEqual((await onDisk())?.platform, findings);
    assert.deepEqual(
      [one, other].map((store) => store.of(platform.root)?.platform),
      [findings, findings],
    );
  });

  it('keeps what another window fetched meanwhile', async () => {
    const [one, other] = [storeIn(), storeIn()];
    await one.fetchModules(connection());
    await other.read(connection());
    await one.fetchFields(connection(), ['Course']);
    await other.fetchFields(connection(), ['Venue']);
    const metadata = await onDisk();
    assert.ok(fieldsOf(metadata, 'Course') !== undefined && fieldsOf(metadata, 'Venue') !== undefined);
  });

  it('notices what another window writes', async () => {
    const one = storeIn();
    await one.fetchModules(connection());
    let changes = 0;
    const other = storeIn({ changed: () => changes++ });
    await other.read(connection());
    assert.equal(changes, 1);
    await one.fetchFields(connection(), ['Course']);
    const end = Date.now() + 5000;
    while (fieldsOf(other.of(platform.root), 'Course') === undefined && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(fieldsOf(other.of(platform.root), 'Course') !== undefined);
    assert.equal(changes, 2);
  });

  it('replaces a broken file when it fetches, and leaves the file of a newer version alone', async () => {
    await writeFile(path(), '{ "version": 1, "mod');
    const store = storeIn();
    assert.equal((await store.read(connection()))?.ok, false);
    assert.equal(await readFile(path(), 'utf8'), '{ "version": 1, "mod');
    await store.fetchModules(connection());
    assert.equal((await onDisk())?.modules.length, 138);
    await writeFile(path(), '{ "version": 2 }');
    const newer = storeIn();
    const read = await newer.read(connection());
    assert.ok(read?.ok === false && read.reason === 'newer');
    await newer.fetchModules(connection());
    assert.equal(newer.of(platform.root)?.modules.length, 138);
    assert.equal(await readFile(path(), 'utf8'), '{ "version": 2 }');
  });

  it('keeps what it knows when the platform fails', async () => {
    const store = storeIn();
    await store.fetchModules(connection());
    await platform.control({ next: [{ html: true }, { html: true }, { html: true }] });
    await assert.rejects(store.refresh(connection()), ApiError);
    assert.equal(store.of(platform.root)?.modules.length, 138);
  });

  it('writes nothing for a platform whose address changes each time', async () => {
    const store = storeIn({ keeps: false });
    await store.fetchModules(connection());
    assert.equal(await onDisk(), undefined);
  });
});
