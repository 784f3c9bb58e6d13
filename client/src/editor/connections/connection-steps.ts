/** The questions about a connection, one after the other: platform, site, name, key or password. */
import { type Connection, withCarriedLevel } from '#core/connections/connection';
import { type Credentials, isSendableKey } from '#core/connections/credentials';
import { isTrustedHost, namesSite, parseRoot, platformOf, type Site } from '#core/connections/root';
import { freeName } from '#core/connections/sharing';
import { walk } from '#core/connections/walk';
import { type Answer, askForChoice, askForText } from '../workbench/questions';
import type { Connections } from './connections';
import type { ConnectionParts } from './parts';
import { tryOut } from './try-out';

/** `host` asks whether a key may go to an address that is not accessplanit's. */
export type Step = 'platform' | 'host' | 'site' | 'name' | 'key' | 'user' | 'password';
type Next = Step | 'back' | 'closed' | 'done';

/** What was typed so far. */
export interface Draft {
  platform: string;
  site: Exclude<Site, 'other'> | undefined;
  /** Undefined until the user has changed the suggestion. */
  name: string | undefined;
  apiKey: string;
  username: string;
  password: string;
  /** The host to which the user agreed to send a key although it is not accessplanit's. */
  agreed?: string;
}

export const newDraft = (platform = '', name?: string): Draft => ({
  platform,
  site: undefined,
  name,
  apiKey: '',
  username: '',
  password: '',
});

export interface Asking {
  /** `Add Connection`. */
  readonly title: string;
  /** The question to begin with, after those that can be gone back to. */
  readonly trail: readonly [Step, ...Step[]];
  /** What is known of the connection; its name is not asked for when it has one. */
  readonly connection: Pick<Connection, 'id' | 'changes'> & Partial<Pick<Connection, 'name'>>;
  /** Filled in while the user types. */
  readonly draft: Draft;
}

/** A connection as the user wants it. `works`: its credentials were accepted. */
export interface Asked {
  readonly connection: Connection;
  readonly credentials: Credentials;
  readonly works: boolean;
}

/** The steps that the user counts; the others belong to one of them. */
const STEPS = { platform: 1, host: 1, site: 2, name: 3, key: 4, user: 4, password: 4 } as const;

/** Asks until the connection works, the user keeps it as it is, or gives up (undefined). Stores nothing. */
export async function askForConnection(parts: ConnectionParts, asking: Asking): Promise<Asked | undefined> {
  const steps = new ConnectionSteps(parts, asking);
  return (await walk(asking.trail, async (step, back) => steps.ask(step, back))) ? steps.outcome : undefined;
}

/** Returns the question with which signing in begins: whether a key may go there, or which. */
export const signInTrail = ({
  root,
  auth,
}: Pick<Connection, 'root' | 'auth'>): readonly [Step, ...Step[]] => {
  if (!isTrustedHost(root)) return ['host'];
  return auth === 'password' ? ['key', 'user'] : ['key'];
};

class ConnectionSteps {
  outcome: Asked | undefined;
  /** Why a question is asked again. */
  #problem: string | undefined;

  constructor(
    private readonly parts: ConnectionParts,
    private readonly asking: Asking,
  ) {}

  async ask(step: Step, back: boolean): Promise<Next> {
    const answer = await this.#answer(step, back);
    this.#problem = undefined;
    return answer.kind === 'answer' ? this.#after(step, answer.value) : answer.kind;
  }

  #answer(step: Step, back: boolean): Promise<Answer<string>> {
    const { draft, title, connection } = this.asking;
    const at = { back, ...(this.#counts ? { step: STEPS[step], steps: STEPS.key } : {}) };
    const text = { ...at, ...(this.#problem === undefined ? {} : { problem: this.#problem }) };
    switch (step) {
      case 'platform':
        return askForText({
          ...text,
          title: `${title}: platform`,
          prompt: 'The name of your platform, or any of its addresses',
          placeHolder: 'for example acme, or https://acme.accessplanit.com/accessplan',
          value: draft.platform,
          typed: (typed) => (draft.platform = typed),
          validate: problemOfPlatform,
        });
      case 'host':
        return this.#askForHost(at);
      case 'site':
        return this.#askForSite(at);
      case 'name':
        return askForName(this.parts.connections, {
          ...text,
          title: `${title}: name`,
          value: draft.name ?? this.#suggestedName(),
          id: connection.id,
          typed: (typed) => this.#keepName(typed),
        });
      case 'key':
        return askForText({
          ...text,
          title: `${title}: how do you sign in?`,
          placeHolder: 'API key (a Super Administrator creates it: Administration, API Keys)',
          prompt: `Paste the API key: it is kept in secret storage and sent only to ${this.#host}. Without a key, press Enter: you are asked for a user name and password.`,
          password: true,
          value: draft.apiKey,
          typed: (typed) => (draft.apiKey = typed),
          validate: problemOfKey,
        });
      case 'user':
        return askForText({
          ...text,
          title: `${title}: user name`,
          prompt: 'The user name of a platform user with the API role',
          value: draft.username,
          typed: (typed) => (draft.username = typed),
          validate: required,
        });
      case 'password':
        return askForText({
          ...text,
          title: `${title}: password`,
          prompt: `The password of ${draft.username}. It is kept in secret storage and sent only to ${this.#host}.`,
          password: true,
          value: draft.password,
          typed: (typed) => (draft.password = typed),
          validate: required,
        });
    }
  }

  #after(step: Step, answer: string): Next | Promise<Next> {
    const { draft } = this.asking;
    switch (step) {
      case 'platform':
        draft.platform = answer;
        return this.#signIn() === 'host' ? 'host' : this.#afterAddress();
      case 'host':
        if (answer !== 'send') return answer === 'platform' ? 'platform' : 'closed';
        draft.agreed = this.#host;
        return this.asking.trail.includes('platform') ? this.#afterAddress() : 'key';
      case 'site':
        draft.site = answer === 'sandbox' ? 'sandbox' : 'production';
        return this.#afterSite();
      case 'name':
        this.#keepName(answer.trim());
        return this.#signIn();
      case 'key':
        draft.apiKey = answer;
        return answer.trim() === '' ? 'user' : this.#try({ kind: 'apiKey', apiKey: answer.trim() });
      case 'user':
        draft.username = answer;
        return 'password';
      case 'password':
        draft.password = answer;
        return this.#try({ kind: 'password', username: draft.username.trim(), password: answer });
    }
  }

  #afterAddress(): Next {
    return namesSite(this.asking.draft.platform) ? this.#afterSite() : 'site';
  }

  #afterSite(): Next {
    return this.asking.connection.name === undefined ? 'name' : this.#signIn();
  }

  /** No key is asked for before the user has agreed to where it goes. */
  #signIn(): 'key' | 'host' {
    return isTrustedHost(this.#root) || this.asking.draft.agreed === this.#host ? 'key' : 'host';
  }

  async #try(credentials: Credentials): Promise<Next> {
    const { draft, connection, trail } = this.asking;
    const { root, site } = this.#place;
    const { changes, id, name = draft.name || this.#suggestedName() } = connection;
    const candidate = withCarriedLevel({ id, name, root, site, auth: credentials.kind }, changes);
    const verdict = await tryOut(this.parts, candidate, credentials);
    if (verdict.kind === 'stop') return 'closed';
    if (verdict.kind === 'again') {
      this.#problem = verdict.problem;
      // What is at fault is asked for again, where it was asked for at all.
      if (verdict.atFault === 'address' && trail.includes('platform')) return 'platform';
      return credentials.kind === 'apiKey' ? 'key' : 'password';
    }
    this.outcome = { connection: candidate, credentials, works: verdict.kind === 'works' };
    return 'done';
  }

  #askForHost(at: object): Promise<Answer<string>> {
    const { trail } = this.asking;
    return askForChoice(
      {
        ...at,
        title: 'This is not an accessplanit.com address. Send the key there all the same?',
        placeHolder: `The key would go to ${this.#host}`,
      },
      [
        trail.includes('platform')
          ? { icon: 'edit', label: 'Correct the address', value: 'platform' }
          : { icon: 'close', label: 'Don’t send it', value: 'closed' },
        {
          icon: 'warning',
          label: `Send the key to ${this.#host}`,
          detail: 'Whoever runs that server can then read and change your records.',
          value: 'send',
        },
      ],
    );
  }

  #askForSite(at: object): Promise<Answer<string>> {
    const { draft, title } = this.asking;
    const rootOf = (site: Exclude<Site, 'other'>) => {
      const parsed = parseRoot(draft.platform, site);
      return parsed.ok ? parsed.root : '';
    };
    return askForChoice(
      { ...at, title: `${title}: site`, placeHolder: 'Which of its two sites?' },
      [
        {
          label: 'Production',
          description: rootOf('production'),
          detail: 'The real records. Changes ask for confirmation.',
          value: 'production',
        },
        {
          label: 'Sandbox',
          description: rootOf('sandbox'),
          detail: 'A copy for trying things out.',
          value: 'sandbox',
        },
      ],
      (value) => value === draft.site,
    );
  }

  /** Whether the steps are numbered: only where all of them are asked. */
  get #counts(): boolean {
    return this.asking.trail[0] === 'platform' && this.asking.connection.name === undefined;
  }

  /** The place that was typed; only texts that are one get this far. */
  get #place(): { readonly root: string; readonly site: Site } {
    const { platform, site } = this.asking.draft;
    const parsed = parseRoot(platform, site);
    if (!parsed.ok) throw new Error(parsed.message);
    return parsed;
  }

  get #root(): string {
    return this.#place.root;
  }

  get #host(): string {
    return new URL(this.#root).host;
  }

  /** A suggestion that was taken as it is follows a later change of the address. */
  #keepName(name: string): void {
    this.asking.draft.name = name === this.#suggestedName() ? undefined : name;
  }

  #suggestedName(): string {
    const { root, site } = this.#place;
    const name = `${platformOf(root)}${site === 'sandbox' ? ' sandbox' : ''}`;
    return freeName(name, this.parts.connections.all);
  }
}

const required = (text: string) => (text.trim() === '' ? 'This can’t be empty.' : undefined);

function problemOfPlatform(text: string): string | undefined {
  const parsed = parseRoot(text);
  return parsed.ok ? undefined : parsed.message;
}

const problemOfKey = (text: string) =>
  text.trim() === '' || isSendableKey(text)
    ? undefined
    : 'A key contains no spaces and no accents: copy it again, and nothing besides it.';

/** Asks for a name that no connection has but the one with this ID. */
export async function askForName(
  connections: Connections,
  question: Omit<Parameters<typeof askForText>[0], 'prompt' | 'validate'> & { readonly id: string },
): Promise<Answer<string>> {
  return askForText({
    ...question,
    prompt: 'A name of your choice, shown in the status bar',
    validate: (text) => {
      if (text.trim() === '') return 'Enter a name.';
      const known = connections.named(text.trim());
      return known === undefined || known.id === question.id
        ? undefined
        : 'Another connection already has this name.';
    },
  });
}
