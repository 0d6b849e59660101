import { cross, dot, type Mm3 } from '../dicom/image-plane.ts';
import type { Contour, Roi } from '../dicom/rtstruct.ts';
import { FRAME } from './shapes.fixture.ts';

/** A body of circles about an axis: `outer` and, for a hole, `inner` radius in mm at w along it. */
export type Body = {
  name: string;
  from: number;
  to: number;
  outer: (w: number) => number;
  inner?: (w: number) => number;
  /** mm³. */
  volume: number;
  /** Share of the volume whose position along the gradient is at least h mm. */
  share: (h: number) => number;
  /** Half of its extent along the gradient, in mm. */
  reach: number;
  /** Of the gradient: along the axis of the circles, or across it. */
  gradient: 'along' | 'across';
};

/** Share of a sphere beyond a plane at h from its centre: (R−h)²(2R+h)/4R³. */
const cap = (radius: number, h: number): number =>
  h >= radius ? 0 : h <= -radius ? 1 : ((radius - h) ** 2 * (2 * radius + h)) / (4 * radius ** 3);

export function sphereBody(diameter: number, gradient: Body['gradient'], hole = 0): Body {
  const [radius, small] = [diameter / 2, (diameter / 2) * hole];
  const at = (of: number) => (w: number) => Math.sqrt(Math.max(0, of ** 2 - w ** 2));
  const rest = radius ** 3 - small ** 3;
  return {
    name: `${hole ? 'hollow ' : ''}sphere ${diameter} mm, dose ${gradient}`,
    from: -radius,
    to: radius,
    outer: at(radius),
    ...(hole > 0 && { inner: at(small) }),
    volume: (4 / 3) * Math.PI * rest,
    share: (h) => (radius ** 3 * cap(radius, h) - (small ? small ** 3 * cap(small, h) : 0)) / rest,
    reach: radius,
    gradient,
  };
}

/** Share of a circle beyond a line at h from its centre: [acos(h/R) − (h/R)√(1−h²/R²)]/π. */
const segment = (radius: number, h: number): number => {
  const t = Math.min(1, Math.max(-1, h / radius));
  return (Math.acos(t) - t * Math.sqrt(1 - t * t)) / Math.PI;
};

export function cylinderBody(diameter: number, length: number, gradient: Body['gradient'], hole = 0): Body {
  const [radius, small] = [diameter / 2, (diameter / 2) * hole];
  const rest = radius ** 2 - small ** 2;
  return {
    name: `${hole ? 'tube' : 'cylinder'} ${diameter} x ${length} mm, dose ${gradient}`,
    from: -length / 2,
    to: length / 2,
    outer: () => radius,
    ...(hole > 0 && { inner: () => small }),
    volume: Math.PI * rest * length,
    share: (h) =>
      gradient === 'along'
        ? Math.min(1, Math.max(0, 0.5 - h / length))
        : (radius ** 2 * segment(radius, h) - (small ? small ** 2 * segment(small, h) : 0)) / rest,
    reach: gradient === 'along' ? length / 2 : radius,
    gradient,
  };
}

/** Apex at −H/2, base at H/2; 1 − (h/H)³ counted from the apex. */
export function coneBody(diameter: number, height: number): Body {
  const along = (h: number) => Math.min(1, Math.max(0, h / height + 0.5));
  return {
    name: `cone ${diameter} x ${height} mm, dose along`,
    from: -height / 2,
    to: height / 2,
    outer: (w) => (diameter / 2) * along(w),
    volume: (Math.PI * diameter ** 2 * height) / 12,
    share: (h) => 1 - along(h) ** 3,
    reach: height / 2,
    gradient: 'along',
  };
}

/** Where along the gradient, in mm, the hottest `share` of the body begins. */
export function quantile(body: Body, share: number): number {
  let [low, high] = [-body.reach, body.reach];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (body.share(middle) > share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export type Axes = { u: Mm3; v: Mm3; w: Mm3 };

export const axes: Record<string, Axes> = {
  transverse: { u: [1, 0, 0], v: [0, 1, 0], w: [0, 0, 1] },
  sagittal: { u: [0, 1, 0], v: [0, 0, 1], w: [1, 0, 0] },
  oblique: oblique([0.36, 0.48, 0.8]),
};

function oblique(w: Mm3): Axes {
  const size = Math.hypot(w[0], w[1]);
  const u: Mm3 = [w[1] / size, -w[0] / size, 0];
  return { u, v: cross(w, u), w };
}

/** The body as contours on planes `step` apart that fill it, each plane in the middle of its slab; 360 points a circle. */
export function bodyRoi(body: Body, step: number, { u, v, w }: Axes, centre: Mm3): Roi {
  const count = Math.round((body.to - body.from) / step);
  const contours: Contour[] = [];
  for (let plane = 0; plane < count; plane += 1) {
    const at = body.from + ((plane + 0.5) * (body.to - body.from)) / count;
    for (const radius of [body.outer(at), body.inner?.(at) ?? 0]) {
      if (radius < 1e-6) continue;
      // Of the circle's area, not inside of it.
      const outer = radius * Math.sqrt(Math.PI / 180 / Math.sin(Math.PI / 180));
      const points = new Float64Array(360 * 3);
      for (let index = 0; index < 360; index += 1) {
        const [a, b] = [outer * Math.cos((index * Math.PI) / 180), outer * Math.sin((index * Math.PI) / 180)];
        for (const axis of [0, 1, 2] as const)
          points[index * 3 + axis] = centre[axis] + a * u[axis] + b * v[axis] + at * w[axis];
      }
      contours.push({ type: 'CLOSED_PLANAR', points, imageUids: [] });
    }
  }
  return {
    number: 1,
    name: body.name,
    colour: '#ff0000',
    interpretedType: '',
    frameOfReferenceUid: FRAME,
    contours,
    unreadableContours: 0,
  };
}

/** Position along a direction from a centre. */
export const alongFrom = (direction: Mm3, centre: Mm3) => (x: number, y: number, z: number) =>
  dot(direction, [x, y, z]) - dot(direction, centre);
