/** The page of the changes view with a source of changes: the test acts as the extension. */
import { writeJson } from '#core/values/write-json';
import { ChangesInMemory } from '#core/writing/changes-in-memory';
import type { PlannedChange } from '#core/writing/planned-change';
import { shownChange } from '#editor/writing/shown-change';
import type { ChangesHead, FromChanges, ToChanges } from '#webview/changes/messages';
import { changesPage } from '#webview/changes/page';
import { type Looks, type Shown, ViewPages } from './view-page';

const HEAD: ChangesHead = {
  title: 'Change user 1027',
  sentence: 'This changes Zoë O’Brien (user 1027) in 2 fields.',
  connection: 'Acme sandbox',
  production: false,
  phase: 'asking',
  deed: 'Change 2 Fields',
  notes: [],
  size: 1,
  counts: {},
  version: 1,
  locale: 'en-GB',
};

/** A page, and how to change what is shown. */
export interface ShownChanges extends Shown<FromChanges, ToChanges> {
  readonly source: ChangesInMemory;
  /** Sends another head; the changes may be in other states. */
  readonly head: (change?: Partial<ChangesHead>) => Promise<void>;
}

export class ChangesPages {
  readonly #pages = new ViewPages<FromChanges, ToChanges>('changes', changesPage);

  async start(): Promise<void> {
    await this.#pages.start();
  }

  async stop(): Promise<void> {
    await this.#pages.stop();
  }

  async open(
    changes: readonly PlannedChange[],
    head: Partial<ChangesHead> = {},
    looks: Looks = {},
  ): Promise<ShownChanges> {
    const source = new ChangesInMemory(changes);
    const shown = await this.#pages.open(looks, async (message) => {
      if (message.type !== 'slice') return undefined;
      const { total, changes: found } = await source.slice(message.query, message.from, message.count);
      return { type: 'slice', id: message.id, total, json: writeJson(found.map(shownChange)) };
    });
    let now: ChangesHead = { ...HEAD, ...head, size: source.size };
    const send = async (change: Partial<ChangesHead> = {}) => {
      now = { ...now, ...change, counts: source.counts(), version: now.version + 1 };
      await shown.send({ type: 'head', head: now });
      await shown.until(`document.body.dataset.phase === '${now.phase}'`);
    };
    await send();
    await shown.page.locator('#one .one, .planned[aria-expanded]').first().waitFor();
    return { ...shown, source, head: send };
  }
}
