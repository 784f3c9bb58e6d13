/** How long a state of the window may take to appear, even on a busy machine. */
export const PATIENCE_MS = 60_000;
