// Installs what package-lock.json names, unless exactly that is installed already: npm ci always starts from nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const mark = 'node_modules/.installed-lock';
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).update(process.version).digest('hex');

if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) {
  process.stdout.write('Packages are as package-lock.json names them.\n');
} else {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  writeFileSync(mark, wanted);
}
