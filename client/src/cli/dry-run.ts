/** `apq run --dry-run`: shows what would be sent and where, with references in place of values of earlier responses. */
import type { Prepared, PreparePort } from '#core/running/prepare';
import { refuseErrors, rehearse, valuesOf } from '#core/running/prepare';
import { Refusal } from '#core/running/refusal';
import { pathOf, type RequestInfo } from '#language';
import { type Call, otherConnection } from './run-call';
import { exitFor } from './run-report';

export async function showRequests(call: Call, chosen: readonly RequestInfo[]): Promise<void> {
  const { file, language, output, platforms, options } = call;
  const port: PreparePort = {
    connection: async (request) => Promise.resolve(platforms.of(request)),
    language: () => Promise.resolve(language),
    response: () => undefined,
    given: options.given,
  };
  const values = valuesOf(port);
  try {
    for (const request of chosen) refuseErrors(language, file, request);
    const prepared = chosen.map(async (request) =>
      rehearse({ file, request, connection: platforms.of(request), port, values }, () => true),
    );
    const shown = await Promise.all(prepared);
    await output.open();
    for (const each of shown) await output.write(describe(each), each.request);
    await output.end();
  } catch (error) {
    await output.discard();
    throw error instanceof Refusal ? exitFor(error, call) : error;
  }
}

function describe({ request, wire, notes, connection }: Prepared): string {
  const title = request.title === '' ? '' : `### ${request.title}\n`;
  const body = wire.body === undefined ? '' : `Content-Type: application/json\n\n${wire.body}\n`;
  const other = otherConnection(request, connection);
  const about = [...notes, ...(other === undefined ? [] : [other])].map((note) => `# ${note}\n`).join('');
  return `${title}${about}${wire.method} ${connection.root}${pathOf(wire)}\n${body}\n`;
}
