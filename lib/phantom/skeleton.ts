import { cage, limbs, spine } from './outline.ts';
import { blob, interpolate, type Polygon } from './polygon.ts';

/** Something painted with one density. */
export type Painted = { polygon: Polygon; hu: number };

const CORTEX = 780;
const MARROW = 210;

const shell = (
  x: number,
  y: number,
  rx: number,
  ry: number,
  wall: number,
  turn = 0,
  inside = MARROW,
): Painted[] => {
  const outer = {
    polygon: blob(x, y, rx, ry, { turn, uneven: 0.03, phase: x / 20 + y / 30, points: 40 }),
    hu: CORTEX,
  };
  if (rx <= wall + 0.5 || ry <= wall + 0.5) return [outer];
  return [
    outer,
    {
      polygon: blob(x, y, rx - wall, ry - wall, { turn, uneven: 0.03, phase: x / 20 + y / 30, points: 40 }),
      hu: inside,
    },
  ];
};

/** All bones that the plane at z cuts, outer shells before what is inside them. */
export function bones(z: number): Painted[] {
  return [...vertebra(z), ...ribs(z), ...shoulders(z), ...pelvis(z), ...limbBones(z), ...head(z)];
}

function vertebra(z: number): Painted[] {
  const at = spine(z);
  if (!at) return [];
  const neck = z > 270;
  const period = neck ? 17 : z > -10 ? 24 : 34;
  const phase = (((z % period) + period) % period) / period;
  const disc = phase < 0.2;
  const { y, r } = at;
  const waist = 1 - 0.08 * Math.sin(Math.PI * ((phase - 0.2) / 0.8));
  const parts: Painted[] = disc
    ? [{ polygon: blob(0, y, r * 1.05, r * 0.78, { points: 48 }), hu: 85 }]
    : shell(0, y, r * 1.02 * waist, r * 0.76 * waist, 2, 0, z < -200 ? 180 : 230);
  const canal = y + r * 0.86 + 9;
  // Arch, then the canal cut out of it with its cord or roots.
  if (!disc || phase < 0.1) parts.push({ polygon: blob(0, canal, 14, 13, { points: 40 }), hu: 560 });
  if (phase > 0.3 && phase < 0.75) {
    for (const side of [-1, 1])
      parts.push(
        ...shell(
          side * (r * 0.9 + 12),
          canal - 2 + (z > -10 ? 8 : 0),
          15,
          5,
          1.6,
          side * (z > -10 ? 0.5 : 0.05),
        ),
      );
  }
  if (phase > 0.45)
    parts.push(...shell(0, canal + (neck ? 16 : 20) - 6 * (phase - 0.45), 3.2, neck ? 7 : 12, 1.3));
  parts.push({ polygon: blob(0, canal, 9.5, 8.5, { points: 32 }), hu: 12 });
  if (z > -20) parts.push({ polygon: blob(0, canal, 5.6, 4.6, { points: 24 }), hu: 36 });
  return parts;
}

/** Twelve ribs: each leaves the spine and falls forward along the cage; cut, they are rows of small ovals. */
function ribs(z: number): Painted[] {
  const parts: Painted[] = [];
  for (let rib = 0; rib < 12; rib += 1) {
    const back = 262 - rib * 23.5;
    const fall = 42 + rib * 6.5 - (rib > 9 ? 40 : 0);
    const reach = rib < 7 ? 0.93 : rib < 10 ? 0.85 - 0.06 * (rib - 7) : 0.55 - 0.12 * (rib - 10);
    for (let step = 4; step <= 100 * reach; step += 1.5) {
      const t = step / 100;
      const height = back - fall * t ** 1.25;
      const dz = Math.abs(z - height);
      if (dz > 7) continue;
      const inside = cage(Math.max(-20, Math.min(266, height)));
      if (!inside) continue;
      const angle = Math.PI / 2 - Math.PI * t;
      const half = Math.sqrt(49 - dz * dz) / 7;
      const cartilage = rib < 10 && t > 0.8;
      for (const side of [-1, 1]) {
        const x = side * (inside.a + 3) * Math.abs(Math.cos(angle)) ** 0.87;
        const y = inside.cy + (inside.b + 3) * Math.sign(Math.sin(angle)) * Math.abs(Math.sin(angle)) ** 0.87;
        const size = 2.2 + 2.6 * half;
        if (cartilage) parts.push({ polygon: blob(x, y, size, size, { points: 12 }), hu: 130 });
        else {
          parts.push({ polygon: blob(x, y, size, size, { points: 12 }), hu: 620 });
          parts.push({ polygon: blob(x, y, size * 0.55, size * 0.55, { points: 10 }), hu: 320 });
        }
      }
    }
  }
  // Outer rings first, marrow after: neighbours along one rib must not close each other.
  return parts.sort((a, b) => (a.hu === 320 ? 1 : 0) - (b.hu === 320 ? 1 : 0));
}

function shoulders(z: number): Painted[] {
  const parts: Painted[] = [];
  const front = cage(Math.min(z, 262));
  if (z > 60 && z < 235 && front)
    parts.push(...shell(0, front.cy - front.b - 9, z > 205 ? 24 : 16, 5.5, 1.5));
  for (const side of [-1, 1]) {
    if (z > 222 && z < 262) {
      const t = (z - 222) / 40;
      parts.push(
        ...shell(side * (30 + 105 * t), -52 + 34 * t + 16 * Math.sin(3 * t), 18, 6, 1.8, side * 0.45),
      );
    }
    if (z > 118 && z < 252) {
      const t = (z - 118) / 134;
      parts.push(...shell(side * (92 + 26 * t), 86 - 42 * t, 8 + 26 * t, 4.5, 1.6, side * (-0.25 - 0.5 * t)));
      if (z > 222) parts.push(...shell(side * 150, 30, 20, 16, 2, 0, 240));
    }
  }
  return parts;
}

function pelvis(z: number): Painted[] {
  const parts: Painted[] = [];
  for (const side of [-1, 1]) {
    if (z > -232 && z < -98) {
      const t = (z + 232) / 134;
      parts.push(
        ...shell(
          side * (80 + 38 * t),
          22 + 10 * t,
          8 - 2 * t,
          44 + 8 * t - 30 * Math.max(0, t - 0.75) * 4 * 0.3,
          2.2,
          side * (0.42 + 0.35 * t),
        ),
      );
    }
    if (z > -292 && z <= -225) {
      // The head of the femur is a ball in the cup of the hip bone.
      const ball = (radius: number) => Math.sqrt(Math.max(0, radius ** 2 - (z + 258) ** 2));
      parts.push(...shell(side * 90, 6, Math.max(16, ball(36)), Math.max(14, ball(34)), 3, 0, 170));
      if (ball(27) > 4) parts.push({ polygon: blob(side * 94, 2, ball(27), ball(27)), hu: 60 });
      if (ball(24.5) > 4) parts.push(...shell(side * 94, 2, ball(24.5), ball(24.5), 1.6, 0, 280));
    }
    if (z > -325 && z < -262) {
      // From the ball over the neck to the trochanter and down into the shaft.
      const t = (z + 325) / 63;
      parts.push(
        ...shell(
          side * (102 + 34 * Math.sin(Math.PI * Math.min(1, t * 0.9))),
          8,
          17 + 6 * Math.sin(Math.PI * t),
          16,
          2.6,
          0,
          150,
        ),
      );
    }
    if (z > -318 && z < -272) parts.push(...shell(side * (26 + (z + 318) * 0.5), -34, 17, 8, 2, side * 0.5));
    if (z > -345 && z < -285) parts.push(...shell(side * 56, 44, 15, 20, 2.5, side * 0.3));
  }
  if (z > -262 && z < -150) {
    const t = (z + 262) / 112;
    parts.push(...shell(0, 56 + 12 * Math.sin(Math.PI * t) - 4 * t, 16 + 36 * t, 8 + 9 * t, 2, 0, 170));
  }
  return parts;
}

const limbBones = (z: number): Painted[] =>
  limbs(z).flatMap(({ bone }) => shell(bone.x, bone.y, bone.r, bone.r, z < 0 ? 5 : 3.4, 0, -40));

const SKULL = [
  [350, 58, 70],
  [366, 68, 85],
  [385, 71, 91],
  [400, 73, 93],
  [435, 66, 84],
  [455, 52, 68],
  [468, 33, 46],
  [477, 15, 20],
] as const;

function head(z: number): Painted[] {
  const parts: Painted[] = [];
  if (z > 366 && z < 477) {
    const [a = 0, b = 0] = interpolate(SKULL, z);
    parts.push({ polygon: blob(0, 3, a, b, { exponent: 2.05 }), hu: 1000 });
    parts.push({ polygon: blob(0, 3, a - 2.2, b - 2.2, { exponent: 2.05 }), hu: 520 });
    parts.push({ polygon: blob(0, 3, a - 4.4, b - 4.4, { exponent: 2.05 }), hu: 950 });
    parts.push({ polygon: blob(0, 3, a - 6, b - 7, { exponent: 2.05 }), hu: 8 });
    if (z < 472) {
      parts.push({
        polygon: blob(0, 3, Math.max(2, a - 8), Math.max(2, b - 9), {
          exponent: 2.05,
          uneven: 0.012,
          phase: z / 5,
        }),
        hu: 36,
      });
    }
  }
  if (z > 318 && z < 352) {
    // Lower jaw: a horseshoe of short pieces, with teeth near its top.
    for (let step = -14; step <= 14; step += 1) {
      const angle = -Math.PI / 2 + (step / 14) * 1.25;
      parts.push(
        ...shell(44 * Math.cos(angle + 0) * (step === 0 ? 1 : 1), -18 + 62 * Math.sin(angle), 5, 6, 1.4),
      );
      if (z > 340 && Math.abs(step) < 11)
        parts.push({
          polygon: blob(36 * Math.cos(angle), -22 + 54 * Math.sin(angle), 3, 3.4, { points: 12 }),
          hu: 1700,
        });
    }
  }
  if (z >= 350 && z < 400) {
    for (const side of [-1, 1]) {
      parts.push(...shell(side * 26, -56, 22, 24, 1.6, 0, z > 376 ? -85 : -990)); // sinus, orbit above it
      parts.push(...shell(side * 54, -38, 4, 22, 1.4, side * 0.25));
      if (z < 378) parts.push(...shell(side * 54, 26, 14, 22, 2, side * 0.3, z % 10 < 5 ? -300 : 80));
      if (z > 378)
        parts.push(
          { polygon: blob(side * 29, -62, 13, 13), hu: 14 },
          { polygon: blob(side * 29, -70, 4, 3), hu: 75 },
        );
    }
    parts.push(...shell(0, -52, 3, 30, 1.2), { polygon: blob(0, -78, 5, 12), hu: z < 385 ? 40 : 500 });
    if (z < 372) parts.push(...shell(0, 12, 22, 17, 2, 0, 160));
  }
  return parts;
}
