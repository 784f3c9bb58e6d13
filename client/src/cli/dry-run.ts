/** `apq run --dry-run`: shows what would be sent and where, with references in place of values of earlier responses. */
import { refuseForeign } from '#core/running/before-sending';
import type { Prepared, PreparePort } from '#core/running/prepare';
import { refuseErrors, rehearse, valuesOf } from '#core/running/prepare';
import { noConnectionFor, Refusal } from '#core/running/refusal';
import { withoutHidden } from '#core/text/mask';
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
    for (const each of shown) await output.write(withoutHidden(describe(each, call)), each.request);
    await output.end();
  } catch (error) {
    await output.discard();
    throw error instanceof Refusal ? exitFor(error, call) : error;
  }
}

function describe(prepared: Prepared, call: Call): string {
  const { request, wire, notes, connection } = prepared;
  const title = request.title === '' ? '' : `### ${request.title}\n`;
  const body = wire.body === undefined ? '' : `Content-Type: application/json\n\n${wire.body}\n`;
  const other = otherConnection(request, connection);
  const refused = refusalOf(prepared, call);
  const told = refused === undefined ? [...notes, ...(other === undefined ? [] : [other])] : [refused];
  const about = told.map((note) => `# ${note}\n`).join('');
  return `${title}${about}${wire.method} ${connection.root}${pathOf(wire)}\n${body}\n`;
}

/** Returns why a run would not send the request to where it would go. */
function refusalOf(prepared: Prepared, call: Call): string | undefined {
  const { request } = prepared;
  try {
    if (call.platforms.sure(request) === undefined) throw noConnectionFor(request);
    refuseForeign(prepared);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return exitFor(error, call).message;
    throw error;
  }
}
