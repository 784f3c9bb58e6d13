/** Where details for support go. Callers mask secrets first (`mask`). */
export interface Log {
  info(text: string): void;
  error(text: string): void;
}

export const silent: Log = { info: () => undefined, error: () => undefined };
