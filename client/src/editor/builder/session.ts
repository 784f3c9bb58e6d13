/**
 * One file in the builder: what the user wants is carried out one after the other, each against the request as it stands
 * by then. The text of the file is the only model.
 */
import type { BuilderChange, BuilderState } from '#language';
import type { BuilderEditParams, BuilderEditResult, BuilderStateResult } from '#protocol';
import type { ShownCondition, Wish } from '#webview/builder/messages';
import { changeOf } from './change-of';
import { keysFor, type OwnChange } from './condition-keys';

type Place = BuilderStateResult['position'];
export type BuilderEdits = Extract<BuilderEditResult, { ok: true }>['edits'];

/** What a session needs of its file, the server and the page. */
export interface SessionPort {
  /** The version of the document as it is. */
  version(): number;
  /** The cursor of the editor that shows the file; undefined where none does. */
  cursor(): Place | undefined;
  /** The request at a place; null where there is none. */
  state(position: Place): Promise<BuilderStateResult | null>;
  edit(params: Pick<BuilderEditParams, 'position' | 'version' | 'change'>): Promise<BuilderEditResult>;
  /** Returns false where the document has another version by now; a sentence where it can't be changed. */
  apply(edits: BuilderEdits, version: number): Promise<boolean | (string & {})>;
  /** Undefined: there is nothing to build at the cursor. */
  show(shown: SessionState | undefined): void;
  /** Says why something was not done; '' when it was. */
  tell(sentence: string): void;
}

/** A request with its conditions named. */
export interface SessionState extends Omit<BuilderState, 'conditions'> {
  readonly request: number;
  readonly done: number;
  readonly conditions: readonly ShownCondition[];
}

/** What was read last. */
interface Current {
  readonly version: number;
  readonly position: Place;
  readonly state: BuilderState;
  readonly keys: readonly string[];
}

/** A part of the document that was replaced, in the document as it was before. */
export interface Replaced {
  readonly from: Place;
  readonly to: Place;
  readonly text: string;
}

const START: Place = { line: 0, character: 0 };

export const OTHER_REQUEST =
  'This was meant for another request than the one that is shown now, so nothing was changed.';
export const GONE = 'It was changed in the file meanwhile, so nothing was done. Look at what is there now.';
export const BUSY =
  'The file could not be changed: it may be read-only, or somebody is typing in it. Try once more.';

export class BuilderSession {
  #current: Current | undefined;
  #request = 0;
  #named = 0;
  #done = 0;
  #waiting = 0;
  /** The cursor was not looked at, as there was something else to do. */
  #isBehind = false;
  #last: Promise<void> = Promise.resolve();
  /** What was replaced since the request was read, by the version that it made. */
  #edited: { readonly version: number; readonly replaced: readonly Replaced[] }[] = [];

  constructor(private readonly port: SessionPort) {}

  /** Where the request that is shown begins; undefined where none is. */
  get position(): Place | undefined {
    return this.#current?.position;
  }

  get state(): BuilderState | undefined {
    return this.#current?.state;
  }

  /** Notes an edit of the document: the request may begin on another line by now. */
  noteEdit(version: number, replaced: readonly Replaced[]): void {
    this.#edited.push({ version, replaced });
  }

  /** Where the request that was read last begins in a version of the document. */
  #placeIn(version: number): Place | undefined {
    if (this.#current === undefined) return undefined;
    const { version: read, position } = this.#current;
    return this.#edited
      .filter((each) => each.version > read && each.version <= version)
      .reduce((place, { replaced }) => movedBy(replaced, place), position);
  }

  /** Reads the request under the cursor: after the file, the cursor or what is known of the platform changed. */
  async follow(): Promise<void> {
    await this.#after(async () => {
      // What waits was meant for the request that is shown.
      this.#isBehind = this.#waiting > 1;
      if (!this.#isBehind) await this.#readAtCursor();
    });
  }

  /** Carries out what the user wants of the request with that number. `id` counts the wishes. */
  async want(request: number, id: number, wish: Wish): Promise<void> {
    await this.#after(async () => this.#carryOut(request, id, wish));
  }

  /** Does something when all that the user wanted before is done. */
  async then(work: () => Promise<void>): Promise<void> {
    await this.#after(work);
  }

  async #after(work: () => Promise<void>): Promise<void> {
    this.#waiting++;
    const done = this.#last.then(work).finally(() => {
      this.#waiting--;
    });
    // A failure is its caller's; what follows is done nevertheless.
    this.#last = done.catch(() => undefined);
    await done;
    if (this.#waiting === 0 && this.#isBehind) await this.follow();
  }

  async #carryOut(request: number, id: number, wish: Wish): Promise<void> {
    for (let attempt = 0; attempt < 2; attempt++) {
      if (this.#current?.version !== this.port.version())
        await this.#read(this.#placeIn(this.port.version()));
      const current = this.#current;
      this.#done = id;
      if (current === undefined || request !== this.#request) return this.#refuse(OTHER_REQUEST);
      const change = changeOf(wish, current);
      if (change === 'gone') return this.#refuse(GONE);
      if (change === 'done') return this.#refuse('');
      const result = await this.#write(current, change);
      if (result === 'done') {
        await this.#read(this.#placeIn(this.port.version()), ownChangeOf(wish));
        this.port.tell('');
        return undefined;
      }
      if (result !== 'again') return this.#refuse(result);
    }
    return this.#refuse(BUSY);
  }

  /** Returns `again` where the file has changed meanwhile, else a sentence of what is in the way. */
  async #write(
    { position, version }: Current,
    change: BuilderChange,
  ): Promise<'done' | 'again' | (string & {})> {
    const result = await this.port.edit({ position, version, change });
    if (!result.ok) return this.port.version() === version ? result.message : 'again';
    if (result.edits.length === 0) return 'done';
    const applied = await this.port.apply(result.edits, version);
    if (typeof applied === 'string') return applied;
    return applied ? 'done' : 'again';
  }

  /** Shows what is there, so that no control shows what is not, and says why. */
  #refuse(sentence: string): void {
    this.#show();
    this.port.tell(sentence);
  }

  async #readAtCursor(): Promise<void> {
    const cursor = this.port.cursor();
    const before = this.#current;
    const result = await this.port.state(cursor ?? this.#placeIn(this.port.version()) ?? START);
    const same =
      before !== undefined &&
      result !== null &&
      (cursor === undefined || result.position.line === this.#placeIn(result.version)?.line);
    if (!same) this.#request++;
    this.#take(result, same ? before : undefined, undefined);
  }

  /** Reads a request again, which may be shown at the cursor or not. */
  async #read(position: Place | undefined, own?: OwnChange): Promise<void> {
    const result = await this.port.state(position ?? this.port.cursor() ?? START);
    if (position === undefined) this.#request++;
    this.#take(result, position === undefined ? undefined : this.#current, own);
  }

  #take(result: BuilderStateResult | null, before: Current | undefined, own: OwnChange | undefined): void {
    const known = before?.state.conditions.map(({ text }, index) => ({
      text,
      key: before.keys[index] ?? '',
    }));
    const texts = result?.state.conditions.map(({ text }) => text) ?? [];
    const keys = keysFor(known ?? [], texts, own, () => `c${++this.#named}`);
    this.#current = result === null ? undefined : { ...result, keys };
    this.#edited = this.#edited.filter(({ version }) => result !== null && version > result.version);
    this.#show();
  }

  #show(): void {
    if (this.#current === undefined) {
      this.port.show(undefined);
      return;
    }
    const { state, keys } = this.#current;
    const conditions = state.conditions.map((each, index) => ({ ...each, key: keys[index] ?? '' }));
    this.port.show({ ...state, conditions, request: this.#request, done: this.#done });
  }
}

/** Lines that come or go above a place move it; what is written at the place itself belongs to its request. */
function movedBy(replaced: readonly Replaced[], place: Place): Place {
  let { line } = place;
  for (const { from, to, text } of replaced) {
    const isAbove = from.line < place.line && to.line <= place.line;
    if (isAbove) line += text.split(/\r\n|\r|\n/).length - 1 - (to.line - from.line);
  }
  return { ...place, line };
}

function ownChangeOf(wish: Wish): OwnChange {
  switch (wish.kind) {
    case 'add-condition':
      return { kind: 'added', key: wish.key };
    case 'remove-condition':
      return { kind: 'removed', key: wish.key };
    default:
      return { kind: 'kept' };
  }
}
