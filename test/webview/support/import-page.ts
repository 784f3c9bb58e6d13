/** The page of an import with a draft of a real file: the test acts as the extension. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportDraft } from '#core/bulk/import-draft';
import { ImportSession } from '#editor/importing/session';
import type { FieldInfo, ModuleInfo } from '#language';
import type { FromImport, ImportState, ToImport } from '#webview/importing/messages';
import { importPage } from '#webview/importing/page';
import { type Looks, type Shown, ViewPages } from './view-page';

const field = (
  name: string,
  type: FieldInfo['type'] = 'string',
  more: Partial<FieldInfo> = {},
): FieldInfo => ({
  ...{ name, type, filterable: true, sortable: true },
  ...more,
});

const USER: ModuleInfo = {
  name: 'User',
  fields: [
    field('ID', 'string', { writable: false }),
    field('Email'),
    field('Forenames', 'string', { label: 'First name' }),
    field('Surname'),
    field('StartDate', 'datetime'),
    field('Town'),
    field('Places', 'integer'),
  ],
};

/** A page, and the last state that it was sent. */
export interface ShownImport extends Shown<FromImport, ToImport> {
  readonly state: () => ImportState;
}

export class ImportPages {
  readonly #pages = new ViewPages<FromImport, ToImport>('importing', importPage);

  async start(): Promise<void> {
    await this.#pages.start();
  }

  async stop(): Promise<void> {
    await this.#pages.stop();
  }

  /** @param folder Where the file is written. */
  async open(folder: string, content: string | Buffer, looks: Looks = {}): Promise<ShownImport> {
    const path = join(folder, 'people.csv');
    writeFileSync(path, content);
    const session = new ImportSession(await ImportDraft.of(path), {
      connection: {
        id: '1',
        name: 'Acme sandbox',
        root: 'https://acme.accessplanit.com/accessplan',
        site: 'sandbox',
        auth: 'apiKey',
      },
      production: false,
      modules: ['Course', 'User', 'venue'],
      moduleNamed: async (name) => Promise.resolve(name.toLowerCase() === 'user' ? USER : undefined),
    });
    let last: ImportState | undefined;
    const shown = await this.#pages.open(looks, async (message) => {
      if (message.type === 'plan' || message.type === 'cancel') return undefined;
      last = await session.apply(message);
      return { type: 'state', state: last };
    });
    await shown.page.locator('#preview td').first().waitFor();
    return {
      ...shown,
      state: () => {
        if (last === undefined) throw new Error('nothing was shown');
        return last;
      },
    };
  }
}
