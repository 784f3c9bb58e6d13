/** What a sheet of Excel holds; apart from the writer, so that who only asks does not load it. */

/** The header included. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
/** In a cell. */
export const MAX_CHARACTERS = 32_767;
