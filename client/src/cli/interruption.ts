/** Ctrl+C as an abort signal: what is under way ends in order, and cleans up after itself. */
let controller: AbortController | undefined;

export function interruption(): AbortSignal {
  if (controller === undefined) {
    const created = new AbortController();
    controller = created;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => created.abort());
  }
  return controller.signal;
}
