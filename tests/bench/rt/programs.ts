import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** What a program says of one structure; NaN where it says nothing. */
export type Figures = { volumeCc: number; meanGy: number; d95Gy: number; d2Gy: number };
/** Seconds: as the clock goes, and of the processor (user and system), which other work on the machine moves less. */
export type Cost = { wall: number; processor: number };

/** Runs a shell command and tells what it cost. Throws with its words when it fails. */
function timed(command: string): Cost & { output: string } {
  const run = spawnSync('bash', ['-c', `TIMEFORMAT='%R %U %S'; time ${command}`], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (run.status !== 0) throw new Error(`${command}\n${run.stdout}${run.stderr}`);
  const [wall = 0, user = 0, system = 0] = (run.stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { wall, processor: user + system, output: run.stdout };
}

/** The whole command, from files to figures; through npm, as it is promised, or without it. */
export function consilium(
  folder: string,
  command: 'npm run -s rt --' | 'node tools/rt.mjs' = 'npm run -s rt --',
): Cost & { figures: Map<string, Figures> } {
  const { output, ...cost } = timed(`${command} dvh ${folder} --json`);
  const rows = Object.values(
    JSON.parse(output) as Record<string, Figures & { name: string; reason?: string }>,
  );
  return { ...cost, figures: new Map(rows.filter((row) => !row.reason).map((row) => [row.name, row])) };
}

/** The whole command, from files to figures; in bins of 0.1 Gy, as fine as its figures need. */
export function plastimatch(folder: string): Cost & { figures: Map<string, Figures> } {
  const csv = `${folder}.csv`;
  const { output, ...cost } = timed(
    `plastimatch dvh --input ${folder} --bin-width 0.1 --num-bins 1000 --normalization vox --output-csv ${csv}`,
  );
  const voxel = /voxel size\.\.\.\s+([\d.]+) ([\d.]+) ([\d.]+)/.exec(output)?.slice(1).map(Number) ?? [];
  return { ...cost, figures: readCsv(csv, voxel.reduce((product, mm) => product * mm, 1) / 1000) };
}

/** From contours that are voxels already, and a dose beside them: what is left of the command without its preparations. */
export function plastimatchOnVoxels(folder: string): Cost {
  const [structures, list, dose] = ['ss.mha', 'ss.txt', 'dose.mha'].map((name) => `${folder}-${name}`);
  if (!fs.existsSync(dose ?? ''))
    execFileSync('bash', [
      '-c',
      `plastimatch convert --input ${folder} --output-ss-img ${structures} --output-ss-list ${list} --output-dose-img ${dose} >/dev/null`,
    ]);
  return timed(
    `plastimatch dvh --input-ss-img ${structures} --input-ss-list ${list} --input-dose ${dose} --output-csv ${folder}.csv >/dev/null`,
  );
}

function readCsv(file: string, voxelCc: number): Map<string, Figures> {
  const [head = '', ...lines] = fs.readFileSync(file, 'utf8').trim().split('\n');
  const rows = lines.map((line) => line.split(',').map(Number));
  const names = head.split(',').slice(1);
  return new Map(
    names.map((name, index) => {
      const curve = rows.map((row) => ({ dose: row[0] ?? 0, voxels: row[index + 1] ?? 0 }));
      return [name, figuresOf(curve, voxelCc)];
    }),
  );
}

/** From a cumulative histogram, linear between its points. */
function figuresOf(curve: readonly { dose: number; voxels: number }[], voxelCc: number): Figures {
  const total = curve[0]?.voxels ?? 0;
  const doseAt = (share: number): number => {
    const at = curve.findIndex(({ voxels }) => voxels < share * total);
    const [before, after] = [curve[at - 1], curve[at]];
    if (!before || !after) return Number.NaN;
    const part = (before.voxels - share * total) / (before.voxels - after.voxels);
    return before.dose + part * (after.dose - before.dose);
  };
  let integral = 0;
  for (let i = 1; i < curve.length; i += 1) {
    const [a, b] = [curve[i - 1], curve[i]];
    if (a && b) integral += ((a.voxels + b.voxels) / 2) * (b.dose - a.dose);
  }
  return {
    volumeCc: total * voxelCc,
    meanGy: integral / total,
    d95Gy: doseAt(0.95),
    d2Gy: doseAt(0.02),
  };
}
