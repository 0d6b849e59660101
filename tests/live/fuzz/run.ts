/** `npm run fuzz:room -- --seeds 10000 [--from 1] [--processes 2]`: meetings in memory, each by its seed; stops at the first wrong one. */
import { log } from '@/lib/log.server.ts';
import { meeting } from './meeting.ts';

log.level = 'silent';
const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const [from, seeds, processes] = [option('from', 1), option('seeds', 1000), option('processes', 1)];
for (let seed = from; seed < from + seeds; seed += 1) {
  const wrong = await meeting(seed, {}, processes);
  if (wrong.length > 0) {
    console.error(`seed ${seed}:\n  ${wrong.slice(0, 10).join('\n  ')}`);
    process.exit(1);
  }
  if ((seed - from + 1) % 500 === 0) console.log(`${seed - from + 1} of ${seeds} meetings ended alike`);
}
console.log(`${seeds} meetings ended with all views equal and no event lost`);
