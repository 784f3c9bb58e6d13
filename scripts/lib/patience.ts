/** How long a state of the window may take to come about, on a busy machine too. */
export const PATIENCE_MS = 60_000;
