/** Turns Ctrl+C into an abort signal, so that work under way can clean up after itself. */
let controller: AbortController | undefined;

export function interruption(): AbortSignal {
  if (controller === undefined) {
    const created = new AbortController();
    controller = created;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => created.abort());
  }
  return controller.signal;
}
