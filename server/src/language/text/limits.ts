/** The numbers that the language, the client and the manifest share. */

/** Records on a page when `$top` is absent, and the most that the guide recommends. */
export const PAGE_SIZE = 50;

/** How many pages are under way at a time, unless the user says otherwise: brisk, and still polite. */
export const CONCURRENCY = 4;

/** The most pages that may be under way at a time: more would be no use, and no courtesy. */
export const MAX_CONCURRENCY = 16;

/** Requests into which a filter is split at most, where it has too many alternatives for one. */
export const MAX_REQUESTS = 20;
