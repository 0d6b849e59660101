/** Part of `npm run lint`: no source file over 400 lines. Prints the median and the 95th percentile, to be watched. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const MOST = 400;

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
});
const files = listed
  .split('\n')
  .filter((file) => file !== '' && fs.existsSync(file))
  .map((file) => ({ file, lines: fs.readFileSync(file, 'utf8').trimEnd().split('\n').length }))
  .sort((a, b) => a.lines - b.lines);
const at = (share: number) => files[Math.ceil(share * files.length) - 1]?.lines ?? 0;
const tooLong = files.filter(({ lines }) => lines > MOST);

for (const { file, lines } of tooLong) console.error(`${file}: ${lines} lines, more than ${MOST}`);
console.log(`lengths: ${files.length} files, median ${at(0.5)} lines, 95 % up to ${at(0.95)}`);
process.exitCode = tooLong.length === 0 ? 0 : 1;
