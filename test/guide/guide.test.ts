/** The example addresses of the vendor's guide: no diagnostics but `other-host`, and accepted by the sample platform. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import { sendRequest } from '#core/running/send';
import { LanguageService } from '#language';
import { clientOf } from '../support/api-client';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const addresses = readFileSync(join(import.meta.dirname, 'addresses.txt'), 'utf8')
  .trim()
  .split('\n');

describe('the guide’s examples', () => {
  let platform: RunningPlatform;
  let client: ApiClient;
  const language = new LanguageService();
  before(async () => {
    platform = await startPlatformProcess();
    client = clientOf(platform);
    language.setMetadata((await fetchMetadata(client)).metadata);
  });
  after(async () => platform.stop());

  const send = async (text: string) => {
    const document = language.parse(text);
    assert.deepEqual(
      language
        .diagnose(document)
        .filter(({ code }) => code !== 'other-host' && code !== 'irreversible')
        .map(({ code, message }) => `${code}: ${message}`),
      [],
    );
    const [request] = language.requests(document);
    assert.ok(request);
    const built = language.build(document, request);
    assert.ok(built.ok);
    return sendRequest(client, built.request);
  };

  for (const address of addresses) {
    it(address, async () => {
      const { status, records } = await send(address);
      assert.equal(status, 200);
      assert.ok(records.length > 0 || /2025-01-01/.test(address), 'no records');
    });
  }

  it("POST: …/user?$upsert=Email eq 'john.smith@my_company.com'", async () => {
    const { status } = await send(
      'POST: https://platformname.accessplanit.com/accessplan/api/v2/user?$upsert=Email eq \'john.smith@my_company.com\'\n{ "Email": "john.smith@my_company.com", "Surname": "Smith" }',
    );
    assert.equal(status, 200);
  });
  it('PUT …/coursedate/2024', async () => {
    assert.equal(
      (
        await send(
          'PUT https://platformname.accessplanit.com/accessplan/api/v2/coursedate/2024\n{ "StartDate": "2025-03-01T09:00:00" }',
        )
      ).status,
      200,
    );
  });
  it('DELETE …/coursedate/2024', async () => {
    assert.equal(
      (await send('DELETE https://platformname.accessplanit.com/accessplan/api/v2/coursedate/2024')).status,
      200,
    );
  });
});
