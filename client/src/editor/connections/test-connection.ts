/** *Test Connection*: shows, step by step, what works, and what helps where a step fails. */
import type { Connection } from '#core/connections/connection';
import { testConnection } from '#core/connections/test-connection';
import { buttonsFor, showWithButtons } from '../workbench/errors';
import { showInformation } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { chooseConnection } from './choose-connection';
import type { ConnectionParts } from './parts';

export async function testAConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const chosen = given ?? (await chooseConnection(parts, 'Test Connection'));
  if (chosen === undefined) return;
  const { connections, sample, output } = parts;
  const connection = await sample.ready(chosen);
  const test = await inNotification(
    `Testing ${connection.name}…`,
    async ({ signal }) => testConnection(connections.client(connection), signal),
    { cancellable: true },
  );
  output.info(`Test of ${connection.name} (${connection.root}): ${test.passed.join('; ')}`);
  if (test.failure === undefined) {
    void showInformation(`${connection.name} works: ${test.passed.join('; ')}.`);
    return;
  }
  const { sentence, details, actions } = test.failure;
  output.error(details);
  const good = test.passed.length === 0 ? '' : ` What worked: ${test.passed.join('; ')}.`;
  // A test can always be repeated, whatever the failure was.
  const offered = ['retry', ...actions.filter((action) => action !== 'retry')] as const;
  showWithButtons(
    `${connection.name}: ${sentence}${good}`,
    buttonsFor(offered, connection, () => void testAConnection(parts, connection)),
  );
}
