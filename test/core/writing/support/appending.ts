/** Another program that writes the log: `appending.ts FOLDER NAME NUMBER`. With `hangs` for a number, it ends nothing. */
import { ChangeLog } from '#core/writing/change-log';
import { put, writeOf } from './changes';

async function main([folder = '', name = '', count = '']: readonly string[]): Promise<void> {
  const log = new ChangeLog({ folder, keep: () => 1000, tell: (line) => process.stderr.write(line) });
  for (let index = 0; index < (Number(count) || 1); index++) {
    const begun = await log.begin(writeOf(put(`${name}-${index}`), { run: name }));
    if (count !== 'hangs') await begun.end({ kind: 'done', status: 200, milliseconds: 1 });
  }
  process.stdout.write('begun\n');
  if (count === 'hangs') setInterval(() => undefined, 1000);
}

void main(process.argv.slice(2));
