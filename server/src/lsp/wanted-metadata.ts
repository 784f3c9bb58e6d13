/** Asks the client once for all metadata that open files use and that is missing or in doubt. */
import type { ApqDocument, LanguageService, WantedMetadata } from '#language';
import type { MetadataWantedParams } from '#protocol';
import type { Documents } from './documents';
import type { Guard } from './guard';
import { MAX_CHECKED } from './reports';
import { inSlices } from './slices';

/** For so many milliseconds, requests to the client are gathered. */
const ASK_AFTER_MS = 200;

export class WantedMetadataQueue {
  readonly #asked = new Map<string, Set<string>>();
  #timer: NodeJS.Timeout | undefined;

  /** `ask` sends the request to the client. */
  constructor(
    private readonly documents: Documents,
    private readonly service: LanguageService,
    private readonly guard: Guard,
    private readonly ask: (params: MetadataWantedParams) => void,
  ) {}

  /** Asks soon, rather than on every keystroke. */
  schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const { uri, current } of this.documents.all())
        void this.guard.run('wanted metadata', undefined, () => this.#askFor(uri, current));
    }, ASK_AFTER_MS);
  }

  /** After metadata of the platform has arrived: what is still missing may be asked for again. */
  forget(root: string): void {
    this.#asked.delete(root);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #askFor(uri: string, document: ApqDocument): Promise<void> {
    // Another version has its own turn.
    const wanted = await inSlices(this.service.wantedMetadataInSteps(document, MAX_CHECKED), () =>
      this.documents.get(uri)?.current === document ? undefined : [],
    );
    for (const each of wanted) this.askOnce(each);
  }

  /** Asks at once, unless the same was asked for before. */
  askOnce({ root, module, doubted }: WantedMetadata): void {
    const asked = this.#asked.get(root) ?? new Set();
    this.#asked.set(root, asked);
    const key = `${module ?? ''} ${doubted}`;
    if (asked.has(key)) return;
    asked.add(key);
    this.ask({ root, module: module ?? null, doubted });
  }
}
