/**
 * `npm run bench:fanout`: one presenter, many followers, through the product's room, through a bare `ws` broadcast server
 * and through Bun's, by turns in the same run; servers on one core, the load on the other. Prints a table and writes
 * bench-results/fanout.json; with `--publish` also the section of docs/BENCHMARKS.md.
 */
import fs from 'node:fs/promises';
import { startBun } from './fanout/bun.ts';
import { runDrops } from './fanout/drops.ts';
import { startRoom, startWs } from './fanout/peers.ts';
import { lineOfDrops, publishFanout, tableOf } from './fanout/report.ts';
import { type Round, runRound } from './fanout/round.ts';
import { loadNow } from './machine.ts';

const option = (name: string, otherwise: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
const sizes = option('participants', '50,500,2000').split(',').map(Number);
const rates = option('hz', '30,60').split(',').map(Number);
const rounds = Number(option('rounds', '3'));
const seconds = Number(option('seconds', '8'));

const loadBefore = loadNow();
const peers = [await startRoom(), await startWs(), await startBun()];
const all: Round[] = [];
for (const participants of sizes)
  for (const hz of rates)
    for (let round = 0; round < rounds; round += 1)
      for (const peer of round % 2 === 0 ? peers : [...peers].reverse()) {
        all.push(await runRound(peer, { participants, hz, seconds }));
        console.error(JSON.stringify(all.at(-1)));
      }
const stalled = Number(option('stalled', '500'));
for (const peer of stalled > 0 ? peers : []) {
  all.push(await runRound(peer, { participants: stalled, hz: 30, seconds, stalledShare: 0.05 }));
  console.error(JSON.stringify(all.at(-1)));
}
for (const peer of peers) peer.stop();
const dropSeconds = Number(option('drops', '300'));
const drops = dropSeconds > 0 ? await runDrops(Number(option('dropped', '500')), dropSeconds) : null;
const result = { loadBefore, loadAfter: loadNow(), rounds: all, drops };
await fs.mkdir('bench-results', { recursive: true });
await fs.writeFile('bench-results/fanout.json', `${JSON.stringify(result, null, 2)}\n`);
console.log(tableOf(all));
if (drops) console.log(lineOfDrops(drops));
if (process.argv.includes('--publish')) await publishFanout(all, result);
process.exit(0);
