import { outlineAround, subtract, touches } from './combine.ts';
import { cage, limbs, spine, trunk } from './outline.ts';
import { blob, interpolate, type Polygon } from './polygon.ts';

/** The axial cross-sections of one structure at a height z (mm); disjoint polygons, none where it is not. */
export type Section = (z: number) => Polygon[];

type Ellipsoid = {
  x: number;
  y: number;
  z: number;
  rx: number;
  ry: number;
  rz: number;
  turn?: number;
  uneven?: number;
  phase?: number;
  lean?: number;
};

/** An uneven ellipsoid; `lean` shifts it to the side with height, in mm per mm. */
export const ellipsoid =
  (e: Ellipsoid): Section =>
  (z) => {
    const h = (z - e.z) / e.rz;
    if (Math.abs(h) >= 1) return [];
    const scale = Math.sqrt(1 - h * h);
    if (e.rx * scale < 1) return [];
    const options = { turn: e.turn, uneven: e.uneven ?? 0.04, phase: (e.phase ?? 0) + h };
    return [blob(e.x + (e.lean ?? 0) * (z - e.z), e.y, e.rx * scale, e.ry * scale, options)];
  };

const body: Section = (z) => {
  const arms = limbs(z).map((limb) => limb.skin);
  const line = trunk(z);
  if (!line) return arms;
  const joined = arms.filter((arm) => touches(arm, line));
  const free = arms.filter((arm) => !joined.includes(arm));
  return [joined.length > 0 ? outlineAround([line, ...joined], 0, 4) : line, ...free];
};

/** A section without what other structures take up in the same plane. */
const without =
  (section: Section, others: readonly Section[]): Section =>
  (z) =>
    others
      .flatMap((other) => other(z))
      .reduce((left, other) => left.flatMap((polygon) => subtract(polygon, other)), section(z));

/** How far the lungs reach down: the domes of the diaphragm, the right one higher because of the liver. */
const dome = (side: 1 | -1) => (side === 1 ? 52 : 66);

/** A lung between the ribs and the mediastinum; side −1 is the patient's right (x to the left is positive). */
const pleura =
  (side: 1 | -1): Section =>
  (z) => {
    const inside = cage(z);
    if (!inside || z > 258) return [];
    const bottom = dome(side);
    // Under the dome only the recess along the ribs is lung, at the back.
    if (z < Math.max(bottom - 40, 41)) return [];
    const a = inside.a - 3;
    const b = inside.b - 3;
    const heart = side === 1 ? 46 : 26;
    const medial = (y: number) => {
      const bulge = Math.exp(-(((z - 108) / 48) ** 2)) * heart * Math.exp(-(((y + 22) / 36) ** 2));
      return 20 + bulge + (y > 22 ? (y - 22) * 0.12 : 0);
    };
    const recess = z < bottom + 30 ? ((bottom + 30 - z) / 70) ** 0.7 : 0;
    const points: number[] = [];
    const steps = 64;
    for (let i = 0; i <= steps; i += 1) {
      const angle = -Math.PI / 2 + (Math.PI * i) / steps;
      const x = a * Math.abs(Math.cos(angle)) ** (2 / 2.3);
      const y = inside.cy + b * Math.sign(Math.sin(angle)) * Math.abs(Math.sin(angle)) ** (2 / 2.3);
      if (x > medial(y) + 2) points.push(side * x, y);
    }
    const outer = points.length / 2;
    if (outer < 6) return [];
    for (let i = outer - 1; i >= 0; i -= 1) {
      const x = Math.abs(points[2 * i] ?? 0);
      const y = points[2 * i + 1] ?? 0;
      const far = (x - 4) * Math.min(1, recess);
      points.push(side * Math.min(x - 2, Math.max(medial(y), far)), y);
    }
    return [Float64Array.from(points)];
  };

const cord: Section = (z) => {
  const at = spine(z);
  if (!at || z < -20 || z > 345) return [];
  return [blob(0, at.y + at.r * 0.86 + 9, 5.6, 4.6)];
};

const brain: Section = (z) => {
  if (z < 366 || z > 472) return [];
  const [a = 0, b = 0] = interpolate(
    [
      [366, 48, 55],
      [380, 62, 76],
      [400, 67, 87],
      [435, 61, 80],
      [460, 40, 54],
      [472, 14, 20],
    ],
    z,
  );
  return [blob(0, 3, a, b, { exponent: 2.05 })];
};

export type StructureKind = 'EXTERNAL' | 'ORGAN' | 'GTV' | 'CTV' | 'PTV';
export type Structure = {
  number: number;
  /** TG-263 name. */
  name: string;
  kind: StructureKind;
  colour: readonly [number, number, number];
  section: Section;
  /** Uptake before the scanner's blur, SUV by body weight; undefined leaves what is there. */
  suv?: number;
};

/** The lesions. `onCt` false: of the density and the size of what lies around it; only PET shows it. */
export const lesions = [
  {
    name: 'GTVp_Mediast',
    shape: { x: 6, y: -34, z: 196, rx: 33, ry: 23, rz: 36, uneven: 0.1, phase: 0.7 },
    hu: 58,
    suv: 11,
    onCt: true,
  },
  {
    name: 'GTVn_Supra_L',
    shape: { x: 45, y: -14, z: 268, rx: 12, ry: 10, rz: 13, uneven: 0.06, phase: 2 },
    hu: 62,
    suv: 8.5,
    onCt: true,
  },
  {
    name: 'GTVn_Cerv_L',
    shape: { x: 38, y: -12, z: 312, rx: 10, ry: 9, rz: 14, uneven: 0.05, phase: 4 },
    hu: 62,
    suv: 7.5,
    onCt: true,
  },
  {
    name: 'GTVn_Cerv_R',
    shape: { x: -40, y: 14, z: 298, rx: 7, ry: 7, rz: 8, uneven: 0, phase: 0 },
    hu: 0,
    suv: 12,
    onCt: false,
  },
] as const;

const grown = (margin: number): Section => {
  const sections = lesions.map(({ shape }) =>
    ellipsoid({ ...shape, rx: shape.rx + margin, ry: shape.ry + margin, rz: shape.rz + margin }),
  );
  return (z) => sections.flatMap((section) => section(z));
};

const organ = (
  number: number,
  name: string,
  colour: readonly [number, number, number],
  section: Section,
  suv?: number,
): Structure => ({
  number,
  name,
  kind: 'ORGAN',
  colour,
  section,
  suv,
});

const heart = ellipsoid({
  x: 20,
  y: -24,
  z: 108,
  rx: 52,
  ry: 40,
  rz: 52,
  turn: 0.5,
  uneven: 0.05,
  lean: -0.14,
});

const spleen = ellipsoid({ x: 92, y: 36, z: 28, rx: 24, ry: 38, rz: 50, turn: -0.35, uneven: 0.05 });

/** The right lobe: under the dome, beside the spine and not through it. */
const liver = without(
  ellipsoid({
    x: -56,
    y: -8,
    z: 18,
    rx: 72,
    ry: 64,
    rz: 74,
    turn: 0.22,
    uneven: 0.06,
    phase: 1.4,
    lean: -0.1,
  }),
  [
    (z) => {
      const at = spine(z);
      return at ? [blob(4, at.y + 8, at.r + 9, at.r + 14)] : [];
    },
  ],
);

/** What is aerated without a tumour. */
export const lungField = (side: 1 | -1): Section => without(pleura(side), [heart, liver, spleen]);

const lung = (side: 1 | -1): Section => without(lungField(side), [ellipsoid(lesions[0].shape)]);

/** All contoured structures, in the order of their ROI numbers. */
export const structures: readonly Structure[] = [
  { number: 1, name: 'Body', kind: 'EXTERNAL', colour: [0, 200, 120], section: body, suv: 0.6 },
  organ(2, 'Lung_L', [110, 180, 255], lung(1), 0.45),
  organ(3, 'Lung_R', [80, 140, 255], lung(-1), 0.45),
  organ(4, 'Heart', [230, 60, 90], heart, 1.9),
  organ(5, 'SpinalCord', [255, 230, 60], cord, 1.4),
  organ(6, 'Liver', [190, 110, 50], liver, 2.2),
  organ(7, 'Spleen', [150, 80, 200], spleen, 1.8),
  organ(
    8,
    'Kidney_L',
    [250, 170, 60],
    ellipsoid({
      x: 66,
      y: 40,
      z: -46,
      rx: 25,
      ry: 29,
      rz: 54,
      turn: 0.5,
      uneven: 0.05,
      phase: 3,
      lean: -0.12,
    }),
    4,
  ),
  organ(
    9,
    'Kidney_R',
    [240, 150, 40],
    ellipsoid({ x: -66, y: 40, z: -60, rx: 25, ry: 29, rz: 52, turn: -0.5, uneven: 0.05, lean: 0.12 }),
    4,
  ),
  organ(10, 'Brain', [255, 190, 200], brain, 8),
  organ(
    11,
    'Bladder',
    [240, 240, 120],
    ellipsoid({ x: 0, y: -34, z: -262, rx: 38, ry: 30, rz: 30, uneven: 0.04 }),
    18,
  ),
  organ(
    12,
    'Parotid_L',
    [140, 230, 230],
    ellipsoid({ x: 52, y: 8, z: 352, rx: 11, ry: 17, rz: 22, turn: 0.3 }),
    1.8,
  ),
  organ(
    13,
    'Parotid_R',
    [120, 210, 210],
    ellipsoid({ x: -52, y: 8, z: 352, rx: 11, ry: 17, rz: 22, turn: -0.3 }),
    1.8,
  ),
  organ(
    14,
    'Thyroid',
    [200, 255, 140],
    (z) => [-1, 1].flatMap((side) => ellipsoid({ x: side * 17, y: -24, z: 284, rx: 9, ry: 11, rz: 20 })(z)),
    1.4,
  ),
  ...lesions.map(
    (lesion, index): Structure => ({
      number: 20 + index,
      name: lesion.name,
      kind: 'GTV',
      colour: [255, 40, 40],
      section: ellipsoid(lesion.shape),
      suv: lesion.suv,
    }),
  ),
  { number: 30, name: 'CTV_3000', kind: 'CTV', colour: [255, 150, 30], section: grown(4) },
  { number: 31, name: 'PTV_3000', kind: 'PTV', colour: [60, 120, 255], section: grown(8) },
];

export function structureNamed(name: string): Structure {
  const found = structures.find((structure) => structure.name === name);
  if (!found) throw new Error(`no structure ${name}`);
  return found;
}
