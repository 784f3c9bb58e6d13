/** Numbers that the language, the client and the manifest share. */

/** Records on a page when `$top` is absent, and the most that the guide recommends. */
export const PAGE_SIZE = 50;

/** How many pages are fetched at a time by default: brisk, and still polite. */
export const CONCURRENCY = 4;

/** The most pages that may be fetched at a time: more would gain nothing and burden the platform. */
export const MAX_CONCURRENCY = 16;

/** Characters of a file, more of which are not read. Longer files are left unchecked, with a sentence. */
export const MAX_FILE = 20_000_000;

/** Requests of a file, more of which are not read. */
export const MAX_BLOCKS = 250_000;

/**
 * Characters of a request without its body, and of one with it, more of which are not read: no address and no form is as
 * long, and the parser of JSON can’t be interrupted.
 */
export const MAX_REQUEST = 250_000;
export const MAX_BLOCK = 500_000;

/** Characters of a request line or a clause, more of which are not read: no server takes an address of that length. */
export const MAX_PART = 64_000;

/** The most requests into which a filter with too many alternatives is split. */
export const MAX_REQUESTS = 20;
