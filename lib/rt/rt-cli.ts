/** `npm run rt -- volumes|dvh|compare|suv <DICOM files or folders…> [--json] [--tolerance MM]` */
import { parseArgs } from 'node:util';
import type { JsonDataSet } from '../dicom/display-json.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import type { RtPlan } from '../dicom/rtplan.ts';
import { type PartSum, partSums } from './part-sums.ts';
import { partsNotThere } from './plan-parts.ts';
import { warningText } from './refusals-cli.ts';
import { type RtInput, readInput } from './rt-input-cli.ts';
import { comparisonsOf, dvhsOf, type Row, type Rows, volumesOf } from './rt-numbers.ts';
import { type SuvFactors, suvFactors } from './suv.ts';
import { tagsAtFault } from './suv-kinds.ts';
import { tagText } from './suv-tags.ts';
import { suvTagsUsed } from './suv-tags-used.ts';
import { mm } from './units.ts';

const USAGE =
  'Usage: npm run rt -- volumes|dvh|compare|suv <DICOM files or folders…> [--json] [--tolerance MM]';

/** Results of one structure set, of one pair with a dose, or of one series. */
type Group = { path: string[]; title: string; rows: Rows | Row };

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command, ...targets] = positionals;
  const compute = commands[command ?? ''];
  if (!compute || targets.length === 0) throw new Error(USAGE);
  const tolerance = Number(values.tolerance ?? 2);
  if (!(tolerance > 0)) throw new Error(`--tolerance ${values.tolerance} is no length in mm`);
  const input = await readInput(targets);
  const groups = compute(input, tolerance);
  for (const note of input.notes) console.error(note);
  if (values.json) say(JSON.stringify(nested(groups), null, 1));
  else for (const group of groups) print(group);
}

function readArguments() {
  try {
    return parseArgs({
      options: { json: { type: 'boolean' }, tolerance: { type: 'string' } },
      allowPositionals: true,
    });
  } catch {
    throw new Error(USAGE);
  }
}

const commands: Record<string, (input: RtInput, tolerance: number) => Group[]> = {
  volumes: (input) =>
    structureSets(input).map(({ structureSet, slices, key, title }) => ({
      path: [key],
      title,
      rows: volumesOf(structureSet, slices),
    })),
  dvh: doseGroups,
  compare: comparison,
  suv: (input) => {
    if (input.petSeries.size === 0) throw new Error(nothing(input, 'PET series'));
    return [...input.petSeries].map(([uid, { description, instances }]) => {
      const title = `PET ${description || uid}, ${instances.length} images`;
      const factors = suvFactors(instances);
      if (factors.bodyWeight.known)
        for (const warning of factors.bodyWeight.warnings)
          input.notes.push(`${title}: ${warningText(warning)}`);
      return { path: [uid], title, rows: suvRow(description, instances, factors) };
    });
  },
};

function structureSets(input: RtInput) {
  if (input.structureSets.length === 0) throw new Error(nothing(input, 'structure set'));
  const seen = new Set<string>();
  return input.structureSets.map(({ file, structureSet, slices }) => ({
    structureSet,
    slices,
    key: keyOf(structureSet.sopInstanceUid, file, seen),
    title: `Structure set ${structureSet.label || structureSet.sopInstanceUid} (${file})`,
  }));
}

/** Its UID; of two files with one UID, which should not be, the second one's file as well. */
function keyOf(uid: string, file: string, seen: Set<string>): string {
  const key = seen.has(uid) ? `${uid} ${file}` : uid;
  seen.add(uid);
  return key;
}

function doseGroups(input: RtInput): Group[] {
  const sets = structureSets(input);
  if (input.doses.length === 0) throw new Error(nothing(input, 'dose'));
  const sums = partSums(input.doseHeaders, input.doses);
  const nameOf = (sum: PartSum) => `${sumName(sum)}${leftOut(sum, input.plans)}`;
  const kindOf = (grid: DoseGrid) => {
    const sum = sums.find((one) => one.grid === grid);
    return sum ? nameOf(sum) : doseName(grid);
  };
  if (input.doses.length > 1)
    input.notes.push(
      `${input.doses.length} doses, each for itself: ${input.doses.map(doseName).join('; ')}. ${sums.length > 0 ? `Beside them the ${sums.map(nameOf).join('; the ')}` : 'None are added up: only parts of one plan whose whole dose is not there are'}`,
    );
  const groups: Group[] = [];
  for (const { structureSet, slices, key, title } of sets) {
    for (const grid of [...sums.map((one) => one.grid), ...input.doses]) {
      if (!structureSet.rois.some((roi) => roi.frameOfReferenceUid === grid.frameOfReferenceUid)) {
        input.notes.push(
          `${title}: no dose-volume histogram in dose ${grid.sopInstanceUid}: its frame of reference ${grid.frameOfReferenceUid} is not the contours' ${structureSet.frameOfReferenceUids.join(', ') || '(none)'}`,
        );
        continue;
      }
      groups.push({
        path: [key, grid.sopInstanceUid],
        title: `${title}\nin ${kindOf(grid)}; figures are of the part on the dose grid (outside it dose is unknown, not zero)`,
        rows: dvhsOf(structureSet, grid, slices),
      });
    }
  }
  if (groups.length === 0) throw new Error(input.notes.at(-1));
  return groups;
}

const doseName = ({ summationType, doseType, sopInstanceUid, referencedPlanUid }: DoseGrid): string =>
  `${[summationType, doseType || 'dose of unnamed type'].join(' ')} dose ${sopInstanceUid}${referencedPlanUid && ` of plan ${referencedPlanUid}`}`;

const sumName = ({ parts, grid, resampled }: PartSum): string =>
  `sum of ${parts.length} ${grid.summationType} doses of plan ${grid.referencedPlanUid} (${grid.sopInstanceUid}${resampled ? ', resampled onto the finest of their grids' : ''})`;

/** What of its plan a sum lacks. */
function leftOut({ parts }: PartSum, plans: readonly RtPlan[]): string {
  const missing = plans.flatMap((plan) => partsNotThere(parts, plan));
  const names = missing.map(({ group, beam, name }) =>
    beam === null ? `fraction group ${group}` : `beam ${beam}${name && ` "${name}"`}`,
  );
  return names.length > 0 ? ` WITHOUT ${names.join(', ')} of it: no dose of it is here` : '';
}

function comparison(input: RtInput, tolerance: number): Group[] {
  const [a, b, ...more] = structureSets(input);
  if (!a || !b || more.length > 0)
    throw new Error(
      `compare wants two structure sets; there are ${input.structureSets.length}: ${input.structureSets.map(({ file }) => file).join(', ')}`,
    );
  const { rows, onlyInB } = comparisonsOf(a.structureSet, b.structureSet, mm(tolerance), [
    a.slices,
    b.slices,
  ]);
  for (const roi of onlyInB)
    input.notes.push(`ROI ${roi.number} "${roi.name}" of the second set has no counterpart in the first`);
  return [{ path: [a.key], title: `${a.title}\nagainst ${b.title}`, rows }];
}

function suvRow(name: string, instances: readonly JsonDataSet[], factors: SuvFactors): Row {
  const { bodyWeight } = factors;
  const atFault = tagsAtFault(factors).map(tagText);
  return {
    name,
    suvBw: bodyWeight.known ? bodyWeight.factor : null,
    suvLbm: factors.lbmJames128,
    suvLbmJames120: factors.lbmJames120,
    suvLbmJanma: factors.lbmJanma,
    suvBsa: factors.bsa,
    suvIbw: factors.ibw,
    ...(!bodyWeight.known && { reason: bodyWeight.reason }),
    ...(factors.missing.length > 0 && { missing: factors.missing }),
    ...(atFault.length > 0 && { missingTags: atFault }),
    ...(bodyWeight.known && bodyWeight.warnings.length > 0 && { warnings: bodyWeight.warnings }),
    tags: suvTagsUsed(instances),
  };
}

const nothing = (input: RtInput, wanted: string): string =>
  `There is no ${wanted} among these files${input.notes.length > 0 ? `: ${input.notes.slice(0, 3).join('; ')}` : ''}`;

/** One group: its rows alone. Several: by their UIDs (structure set, then dose; or series). */
function nested(groups: readonly Group[]): unknown {
  if (groups.length === 1) return groups[0]?.rows;
  const result: Record<string, unknown> = {};
  for (const { path, rows } of groups) {
    const [first = '', second] = path;
    if (second === undefined) result[first] = rows;
    else result[first] = { ...(result[first] as object), [second]: rows };
  }
  return result;
}

function print({ title, rows }: Group): void {
  say(title);
  const isRow = typeof rows.tags === 'object' && 'suvBw' in rows;
  if (isRow) {
    const { tags, ...factors } = rows as Row;
    for (const [key, value] of Object.entries({ ...factors, ...(tags as object) }))
      say(`  ${key.padEnd(40)}${cell(value)}`);
    return;
  }
  const entries = Object.entries(rows as Rows);
  const columns = [...new Set(entries.flatMap(([, row]) => Object.keys(row)))].filter(
    (key) => key !== 'curve',
  );
  const lines = [
    ['roi', ...columns],
    ...entries.map(([number, row]) => [number, ...columns.map((column) => cell(row[column]))]),
  ];
  const widths = ['roi', ...columns].map((_, at) =>
    Math.max(...lines.map((line) => (line[at] ?? '').length)),
  );
  for (const line of lines)
    say(
      line
        .map((text, at) => (at === 1 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
        .join('  '),
    );
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(6);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

// Decoders tell what they do: not among the results.
console.log = () => undefined;
// Who reads us may have seen enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
