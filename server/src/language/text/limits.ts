/** Numbers that the language, the client and the manifest share. */

/** Records on a page when `$top` is absent, and the most that the guide recommends. */
export const PAGE_SIZE = 50;

/** How many pages are fetched at a time by default: brisk, and still polite. */
export const CONCURRENCY = 4;

/** The most pages that may be fetched at a time: more would gain nothing and burden the platform. */
export const MAX_CONCURRENCY = 16;

/** The most requests into which a filter with too many alternatives is split. */
export const MAX_REQUESTS = 20;
