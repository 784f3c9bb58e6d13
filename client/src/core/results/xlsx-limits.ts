/** What a sheet of Excel holds; apart from the writer, so that who only asks does not load it. */

/** The header included. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;
/** In a cell. */
export const MOST_CHARACTERS = 32_767;
