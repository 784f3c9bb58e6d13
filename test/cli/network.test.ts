/** The command line behind a proxy, with its own certificate authority. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

  const run = async (env: Record<string, string>, ...options: string[]) => {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'dist/apq.js'),
        'run',
        join(folder, 'a.apq'),
        ...(options.includes('--root') ? [] : ['--root', 'https://acme.accessplanit.com/accessplan']),
        '--format',
        'csv',
        ...options,
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
  it('says where SSL_CERT_FILE holds no certificate', async () => {
    const { code, err } = await run({ HTTPS_PROXY: site.proxy, SSL_CERT_FILE: join(folder, 'none.pem') });
    assert.equal(code, 3);
    assert.match(
      err,
      /^SSL_CERT_FILE is \S+none\.pem, where no certificate can be read, so only .*\. Correct/,
    );
  });
  it('tells what speaks no TLS from a certificate that is not trusted', async () => {
    const plain = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const { code, err } = await run({}, '--root', `${host}/accessplan`);
    plain.close();
    assert.equal(code, 3);
    assert.ok(
      err.startsWith(`No secure connection (https) to ${host} came about, so nothing was sent:`),
      err,
    );
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
  for (const [name, address, told] of [
    [
      'HTTPS_PROXY',
      'http://user:s3cret@127.0.0.1:1',
      /^The proxy http:\/\/127\.0\.0\.1:1 \(HTTPS_PROXY\) can’t be reached\. Correct or remove HTTPS_PROXY, or name the host in NO_PROXY to reach it without a proxy\.\n$/,
    ],
    ['all_proxy', 'http://127.0.0.1:1', /^The proxy http:\/\/127\.0\.0\.1:1 \(all_proxy\) can’t be reached/],
  ] as const)
    it(`names ${name} where its proxy can’t be reached`, async () => {
      const { code, err } = await run({ [name]: address }, '--retries', '0');
      assert.equal(code, 3);
      assert.match(err, told);
      assert.doesNotMatch(err, /s3cret/);
    });
  for (const [status, todo] of [
    [
      407,
      'The proxy asks for a user and a password. Write them into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT.',
    ],
    [502, 'Correct or remove HTTPS_PROXY, or name the host in NO_PROXY to reach it without a proxy.'],
  ] as const)
    it(`says that the proxy did not connect (${status})`, async () => {
      const proxy = createServer();
      proxy.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      const { code, err } = await run({ HTTPS_PROXY: address }, '--retries', '0');
      proxy.close();
      assert.equal(code, 3);
      assert.equal(
        err,
        `The proxy ${address} (HTTPS_PROXY) did not connect to acme.accessplanit.com (${status}). ${todo}\n`,
      );
    });
  it('names the proxy with --verbose', async () => {
    const { err } = await run({ HTTPS_PROXY: site.proxy, SSL_CERT_FILE: CA_FILE }, '--verbose');
    assert.ok(err.startsWith(`* Request 1 through the proxy ${site.proxy} (HTTPS_PROXY)\n`), err);
    site.requests.length = 0;
  });
  it('does not print a proxy address that can’t be read', async () => {
    const { code, err } = await run({ HTTPS_PROXY: 'http://user:s3cret@[bad' });
    assert.equal(code, 2);
    assert.match(err, /^HTTPS_PROXY is not an address/);
    assert.doesNotMatch(err, /s3cret/);
  });
});
