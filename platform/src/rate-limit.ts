/** The quirk `rate-limit`: a small allowance that is renewed every second, and headers that tell what is left. */
import { Problem } from './problem';

/** Requests in a window, and its length in milliseconds. */
const ALLOWED = 10;
const WINDOW = 1000;

type Headers = Readonly<Record<string, string>>;

export class RateLimit {
  #renewed = -Infinity;
  #used = 0;

  /** Counts a request. Returns the headers of its answer, or the refusal (429) where nothing is left. */
  use(now: number): { readonly headers: Headers; readonly refusal: Problem | undefined } {
    if (now - this.#renewed >= WINDOW) {
      this.#renewed = now;
      this.#used = 0;
    }
    const left = ALLOWED - this.#used++;
    const seconds = String(Math.ceil((this.#renewed + WINDOW - now) / 1000));
    const headers = {
      'x-ratelimit-limit': String(ALLOWED),
      'x-ratelimit-remaining': String(Math.max(0, left - 1)),
      'x-ratelimit-reset': seconds,
    };
    const refusal =
      left > 0
        ? undefined
        : new Problem(429, `Only ${ALLOWED} requests a second are allowed.`, { 'retry-after': seconds });
    return { headers, refusal };
  }
}
