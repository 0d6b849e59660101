import { ellipsoid, lungField, type Section, structureNamed } from './anatomy.ts';
import { cage, spine } from './outline.ts';
import { blob, interpolate, type Polygon } from './polygon.ts';
import { cut, type Tube } from './vessels.ts';

export const AIR = -1000;
const THICKNESS = 5;

export type Paint = (polygon: Polygon | undefined, hu: number) => void;

/** What of the organs is drawn from the seed once, for all slices. */
export type OrganModel = {
  trees: readonly Tube[];
  bowel: readonly { x: number; y: number; z: number; r: number; gas: number; phase: number }[];
};

/** Fat around the vessels of the neck and above the collar bones: what nodes stand out against. */
const neckSpaces: readonly Section[] = [-1, 1].flatMap((side) => [
  ellipsoid({ x: side * 36, y: -11, z: 304, rx: 15.5, ry: 16, rz: 40, uneven: 0.06, phase: side }),
  ellipsoid({ x: side * 48, y: -14, z: 266, rx: 21, ry: 17, rz: 25, uneven: 0.06, phase: side }),
]);

const sections = (name: string, z: number): Polygon[] => structureNamed(name).section(z);

/** The organs of the chest and the abdomen, and the fat of the neck, before the bones. */
export function paintTrunk(model: OrganModel, z: number, paint: Paint): void {
  for (const space of neckSpaces) for (const polygon of space(z)) paint(polygon, -88);
  paintChest(model, z, paint);
  paintAbdomen(model, z, paint);
}

function paintChest(model: OrganModel, z: number, paint: Paint): void {
  const inside = cage(z);
  if (inside && z > 20) {
    paint(blob(0, inside.cy, inside.a, inside.b, { exponent: 2.3, points: 120 }), z > 90 ? -88 : -92);
    if (z < 90) for (const dome of [-1, 1]) paint(blob(dome * 62, 4, 68, 76, { exponent: 2.2 }), 50);
  }
  for (const side of [1, -1] as const) for (const polygon of lungField(side)(z)) paint(polygon, -858);
  if (z > 30 && z < 262) {
    for (const { x, y, r } of cut(model.trees, z, THICKNESS)) {
      const lungs = inside && Math.hypot(x / (inside.a - 7), (y - inside.cy) / (inside.b - 7)) < 1;
      if (lungs && r > 0.35)
        paint(blob(x, y, Math.max(0.62, r), Math.max(0.62, r), { points: 10 }), r > 1 ? 20 : -420);
    }
  }
  for (const polygon of sections('Heart', z)) {
    paint(polygon, 48);
    const h = (z - 108) / 52;
    const open = Math.sqrt(Math.max(0, 1 - h * h));
    if (open > 0.35) {
      for (const [dx, dy, r] of [
        [16, 10, 15],
        [-12, -14, 14],
        [14, -16, 12],
        [-16, 14, 13],
      ] as const) {
        paint(
          blob(20 + dx - 0.14 * (z - 108), -24 + dy, r * open, r * open * 0.85, { turn: 0.5, uneven: 0.06 }),
          86,
        );
      }
    }
  }
  const back = spine(z);
  // Aorta: arch over the hilum, then down the left of the spine; the great veins beside it.
  if (z > -150 && z < 176 && back)
    paint(blob(22 - (z < 0 ? 10 : 0), back.y - back.r * 0.7 - 16, 11.5, 11.5), 84);
  if (z >= 172 && z < 188) paint(blob(12, 0, 13, 38, { turn: -0.35 }), 84);
  if (z > 142 && z < 186) paint(blob(-8, -26, 15, 15), 84);
  if (z > 118 && z < 232) paint(blob(-27, -20, 9, 10), 70);
  if (z > 126 && z < 152) paint(blob(6, -6, 32, 10, { turn: -0.15 }), 82);
  if (z >= 188 && z < 330)
    for (const side of [-1, 1]) paint(blob(side * 20, z > 250 ? -6 : -16, 4.4, 4.4), 80);
  if (z > 240 && z < 330) for (const side of [-1, 1]) paint(blob(side * 28, -4, 5.6, 5), 72);
  if (z > -150 && z < 60 && back) paint(blob(-20, back.y - back.r * 0.7 - 12, 11, 9), 68);
  if (z > 60 && z < 280) paint(blob(4, (back?.y ?? 40) - (back?.r ?? 18) * 0.76 - 8, 7, 5), 34);
  paintAirways(z, paint);
}

function paintAirways(z: number, paint: Paint): void {
  if (z > 156 && z < 318) {
    const y = z > 250 ? -14 : -2 - (z - 156) * 0.06;
    paint(blob(0, y, 11, 10.5), 60);
    paint(blob(0, y, 9, 8.5), AIR);
  }
  for (const side of [-1, 1]) {
    if (z > 118 && z <= 156) {
      const x = side * (10 + (156 - z) * 0.85);
      paint(blob(x, 2, 9, 7.5, { turn: side * 0.6 }), 40);
      paint(blob(x, 2, 7.2, 5.8, { turn: side * 0.6 }), AIR);
    }
  }
}

function paintAbdomen(model: OrganModel, z: number, paint: Paint): void {
  if (z > -272 && z < 41) {
    const [a = 0, b = 0] = interpolate(
      [
        [-272, 6, 4],
        [-250, 64, 40],
        [-225, 92, 58],
        [-150, 112, 66],
        [-60, 120, 74],
        [40, 128, 82],
      ],
      z,
    );
    paint(blob(0, -12, a, b, { exponent: 2.4, points: 120 }), -98);
    const back = spine(z);
    if (back && z < -10)
      for (const side of [-1, 1])
        paint(blob(side * (back.r + 17), back.y + 2, 17, 21, { turn: side * 0.2 }), 56);
  }
  for (const { x, y, z: at, r, gas, phase } of model.bowel) {
    const h = (z - at) / (r * 1.5);
    if (Math.abs(h) >= 1 || z > 0) continue;
    const size = r * Math.sqrt(1 - h * h);
    paint(blob(x, y, size * 1.15, size, { uneven: 0.12, phase, points: 40 }), 46);
    paint(
      blob(x, y, size * 1.15 - 2.6, size - 2.6, { uneven: 0.12, phase, points: 40 }),
      gas > 0.55 ? 22 : 34,
    );
    if (gas > 0.72 && size > 6)
      paint(blob(x, y - size * 0.35, size * 0.75, size * 0.5, { uneven: 0.06, phase }), -960);
  }
  const simple = (name: string, hu: number) => {
    for (const polygon of sections(name, z)) paint(polygon, hu);
  };
  const stomach = ellipsoid({
    x: 62,
    y: -38,
    z: 26,
    rx: 40,
    ry: 30,
    rz: 52,
    turn: -0.4,
    uneven: 0.08,
    lean: 0.2,
  })(z);
  for (const polygon of stomach) paint(polygon, 48);
  for (const polygon of ellipsoid({
    x: 62,
    y: -38,
    z: 26,
    rx: 35,
    ry: 25,
    rz: 47,
    turn: -0.4,
    uneven: 0.08,
    lean: 0.2,
  })(z))
    paint(polygon, 18);
  for (const polygon of ellipsoid({ x: 60, y: -52, z: 32, rx: 24, ry: 11, rz: 32, uneven: 0.05 })(z))
    paint(polygon, -970);
  simple('Liver', 62);
  if (z > -20 && z < 70) {
    for (const tube of [
      [-60, -10, 5],
      [-30, -22, 4],
      [-84, 8, 3.6],
      [-52, 26, 3.6],
    ] as const)
      paint(blob(tube[0] - z * 0.2, tube[1] + z * 0.12, tube[2], tube[2] * 1.7, { turn: tube[1] / 20 }), 88);
    if (z < 26) paint(blob(-38, -48, 12, 17, { turn: -0.3 }), 8);
  }
  simple('Spleen', 56);
  for (const [name, side] of [
    ['Kidney_L', 1],
    ['Kidney_R', -1],
  ] as const) {
    simple(name, 60);
    const centre = side === 1 ? -46 : -60;
    if (Math.abs(z - centre) < 30) paint(blob(side * 58, 36, 11, 9, { turn: side * 0.5 }), -40);
  }
  if (z > -30 && z < 14) paint(blob(18, -4, 52, 9, { turn: -0.2, uneven: 0.1, phase: z / 14 }), 44);
  simple('Bladder', 6);
  if (z > -300 && z < -200) paint(blob(0, 26, 17, 15, { uneven: 0.06 }), 40);
  if (z > -290 && z < -240) paint(blob(0, 24, 8, 5), -600);
}

/** Larynx, throat, glands and the ventricles of the brain, over the bones. */
export function paintNeckAndHead(z: number, paint: Paint): void {
  if (z > 276 && z < 320) {
    for (const polygon of sections('Thyroid', z)) paint(polygon, 110);
    if (z > 294 && z < 316) paint(blob(0, -30, 19, 13, { turn: 0 }), 210);
    paint(blob(0, -22, 8, 11), AIR);
  }
  if (z >= 318 && z < 350) {
    paint(blob(0, -34, 26, 32), 58);
    paint(blob(0, 2, 15, 6), AIR);
  }
  for (const name of ['Parotid_L', 'Parotid_R']) for (const polygon of sections(name, z)) paint(polygon, -15);
  if (z > 405 && z < 436) {
    for (const side of [-1, 1]) paint(blob(side * 13, -6, 6, 27, { turn: side * -0.22 }), 7);
  }
  if (z > 372 && z < 472) paint(blob(0, 3, 0.8, 70, { points: 32 }), z > 400 ? 60 : 30);
}
