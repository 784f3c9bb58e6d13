/** The page of the builder with a session over a twin of the language, which keeps a request as a value. */
import { BuilderSession, type SessionState } from '#editor/builder/session';
import type { BuilderState } from '#language';
import type { FromBuilder, ShownAnswer, ToBuilder } from '#webview/builder/messages';
import { builderPage } from '#webview/builder/page';
import { changed, EMPTY } from './builder-twin';
import { type Looks, PATIENCE_MS, type Shown, ViewPages } from './view-page';

export interface ShownBuilder extends Shown<FromBuilder, ToBuilder> {
  /** The request as the file has it. */
  readonly state: () => BuilderState;
  /** Somebody changes the file in the editor. */
  readonly edit: (state: BuilderState) => Promise<void>;
  /** Waits until everything that the user did is carried out. */
  readonly done: () => Promise<void>;
  /** The next change is refused with a sentence. */
  readonly refuse: (sentence: string) => void;
  readonly answer: (answer: ShownAnswer) => Promise<void>;
}

export class BuilderPages {
  readonly #pages = new ViewPages<FromBuilder, ToBuilder>('builder', builderPage);

  async start(): Promise<void> {
    await this.#pages.start();
  }

  async stop(): Promise<void> {
    await this.#pages.stop();
  }

  async open(first: BuilderState = EMPTY, looks: Looks = {}): Promise<ShownBuilder> {
    let [state, version, refusal] = [first, 1, ''];
    const sent: ToBuilder[] = [];
    let wishes = 0;
    const session = new BuilderSession({
      version: () => version,
      cursor: () => ({ line: 0, character: 0 }),
      state: async () => Promise.resolve({ version, position: { line: 0, character: 0 }, state }),
      edit: async ({ change }) => {
        if (refusal !== '') {
          const message = refusal;
          refusal = '';
          return Promise.resolve({ ok: false, message });
        }
        const next = changed(state, change);
        changes.push(next);
        return Promise.resolve({ ok: true, version, edits: [EDIT] });
      },
      apply: async () => {
        state = changes.at(-1) ?? state;
        version++;
        return Promise.resolve(true);
      },
      show: (shown) => shown && sent.push({ type: 'request', shown: shownOf(shown) }),
      tell: (text) => sent.push({ type: 'problem', text }),
    });
    const changes: BuilderState[] = [];
    const view = await this.#pages.open(looks, async (message) => {
      if (message.type !== 'wish') return undefined;
      await session.want(message.request, message.id, message.wish);
      await view.send(...sent.splice(0));
      wishes++;
      return undefined;
    });
    await session.follow();
    await view.send(...sent.splice(0));
    await view.until(`document.getElementById('title').textContent === ${JSON.stringify(first.title)}`);
    return {
      ...view,
      state: () => state,
      edit: async (next) => {
        state = next;
        version++;
        await session.follow();
        await view.send(...sent.splice(0));
      },
      done: async () => {
        const end = Date.now() + PATIENCE_MS;
        while ((await view.said()).filter(({ type }) => type === 'wish').length > wishes)
          if (Date.now() > end) throw new Error('a wish was never carried out');
        await view.page.evaluate('new Promise((resolve) => setTimeout(resolve))');
      },
      refuse: (sentence) => (refusal = sentence),
      answer: async (answer) => view.send({ type: 'answer', answer, on: true }),
    };
  }
}

const EDIT = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: '' };

const shownOf = (state: SessionState) => ({
  ...state,
  file: 'courses.apq',
  connection: 'Acme sandbox',
  production: false,
});
