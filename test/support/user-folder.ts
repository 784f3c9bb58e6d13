/** The user's own folder for all tests, and the programs that they start: a new one, so that none touches the real one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'apq-user-'));
process.env['XDG_STATE_HOME'] = folder;
process.env['LOCALAPPDATA'] = folder;
// macOS has no variable for it alone.
if (process.platform === 'darwin') process.env['HOME'] = folder;

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
