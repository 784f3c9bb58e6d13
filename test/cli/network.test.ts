/** The command line behind a proxy, with its own certificate authority. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/lsp';
import { CA_FILE, type ProxiedSite, startProxiedSite } from '../support/proxy';

describe('apq through a proxy', () => {
  let site: ProxiedSite;
  let folder: string;
  before(async () => {
    site = await startProxiedSite(() => ({ results: [{ ID: '1' }] }));
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
    writeFileSync(join(folder, 'a.apq'), 'GET user\n');
  });
  after(async () => {
    await site.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (env: Record<string, string>) => {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'dist/apq.js'),
        'run',
        join(folder, 'a.apq'),
        '--root',
        'https://acme.accessplanit.com/accessplan',
        '--format',
        'csv',
      ],
      { env: { PATH: process.env['PATH'], APQ_API_KEY: 'k-e-y', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, out, err };
  };

  it('uses HTTPS_PROXY, and the certificates that SSL_CERT_FILE names', async () => {
    const { code, out, err } = await run({ HTTPS_PROXY: site.proxy, SSL_CERT_FILE: CA_FILE });
    assert.match(err, /^1 record/);
    assert.deepEqual([code, out], [0, 'ID\r\n1\r\n']);
    assert.deepEqual(site.connects.splice(0), ['acme.accessplanit.com:443']);
    assert.deepEqual(site.requests.splice(0), [
      { line: 'GET /accessplan/api/v2/user', authorization: 'Bearer k-e-y' },
    ]);
  });
  it('sends nothing when the certificate is not trusted', async () => {
    const { code, err } = await run({ HTTPS_PROXY: site.proxy });
    assert.equal(code, 3);
    assert.match(
      err,
      /^This computer does not trust the certificate of acme\.accessplanit\.com, so nothing was sent/,
    );
    assert.deepEqual(site.requests, []);
  });
  it('bypasses the proxy for the hosts in NO_PROXY', async () => {
    site.connects.length = 0;
    const { code } = await run({
      HTTPS_PROXY: site.proxy,
      NO_PROXY: '.accessplanit.com',
      SSL_CERT_FILE: CA_FILE,
    });
    assert.equal(code, 3);
    assert.deepEqual(site.connects, []);
  });
  it('does not print a proxy address that can’t be read', async () => {
    const { code, err } = await run({ HTTPS_PROXY: 'http://user:s3cret@[bad' });
    assert.equal(code, 2);
    assert.match(err, /^HTTPS_PROXY is not an address/);
    assert.doesNotMatch(err, /s3cret/);
  });
});
