/** What a sheet of Excel can hold; not in the writer's file, so that a check does not load the writer. */

/** Including the header. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
/** Per cell. */
export const MAX_CHARACTERS = 32_767;
/** Of a number. */
export const MAX_DIGITS = 15;
