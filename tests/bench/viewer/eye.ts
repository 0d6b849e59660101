import type { Page } from '@playwright/test';
import { areas, marks } from './study.ts';

/** What an image looks like where it is known; times are milliseconds since the page's own navigation began. */
export type Seen = {
  /** The number that is written in the image; null while none is read. */
  slice: number | null;
  at: number;
};

export type Look = {
  /** The canvas that holds the picture. */
  canvas: string;
  /** Greys of each image's areas, as they must be. */
  greys: number[][];
};

/** How far the mean grey of an area may be from what it must be, of 255: the canvas is a resampled image. */
const TOLERANCE = 8;
const PATIENCE_MS = 180_000;

/** Milliseconds of one notch of the wheel, to the moment at which another image is on the canvas. */
export type Step = {
  /** From the browser's own time of the event: what the driver's input waits for before it reaches the page is in it. */
  sinceInput: number;
  /** From when the page was handed it. */
  sinceHanded: number;
};

/** The page's eye: from frame to frame it reads the picture's number and its areas from the pixels of the canvas. */
export type Eye = {
  first: { slice: number; at: number } | null;
  /** Reads now; null where no picture with a number is. */
  slice: () => number | null;
  /** Of the picture that is there now: the largest error of an area's mean grey. */
  error: (slice: number) => number;
  /** Looks out for the next notch of the wheel, and for the frame that holds another image. */
  expectStep: () => void;
  /** What the last one looked out for took. */
  step: Promise<Step>;
  /** Resolves at the frame in which the condition holds, with the time. */
  until: (condition: () => boolean) => Promise<number>;
};

declare global {
  interface Window {
    eye: Eye;
  }
}

function open(given: {
  look: Look;
  marks: typeof marks;
  areas: typeof areas;
  tolerance: number;
  patienceMs: number;
}): void {
  const { look } = given;
  const IMAGE = 512;
  const probe = document.createElement('canvas');
  const context = probe.getContext('2d', { willReadFrequently: true });
  const picture = (): { canvas: HTMLCanvasElement; side: number; x: number; y: number } | null => {
    const canvas = document.querySelector<HTMLCanvasElement>(look.canvas);
    if (!canvas || canvas.width < 100 || canvas.height < 100) return null;
    const side = Math.min(canvas.width, canvas.height);
    return { canvas, side, x: (canvas.width - side) / 2, y: (canvas.height - side) / 2 };
  };
  const slice = (): number | null => {
    const seen = picture();
    if (!seen || !context) return null;
    const scale = seen.side / IMAGE;
    const { bits, size, x, y } = given.marks;
    probe.width = bits * 3;
    probe.height = 3;
    context.drawImage(
      seen.canvas,
      seen.x + x * scale,
      seen.y + y * scale,
      bits * size * scale,
      size * scale,
      0,
      0,
      bits * 3,
      3,
    );
    const { data } = context.getImageData(0, 1, bits * 3, 1);
    let number = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const at = (bit * 3 + 1) * 4;
      // What is not painted yet is transparent; a viewer's own black ground is not.
      if ((data[at + 3] ?? 0) < 255) return null;
      const grey = data[at] ?? 0;
      if (grey > 60 && grey < 200) return null;
      if (grey >= 200) number |= 1 << bit;
    }
    return number === 0 ? null : number - 1;
  };
  const error = (number: number): number => {
    const seen = picture();
    const wanted = look.greys[number];
    if (!seen || !context || !wanted) return Number.POSITIVE_INFINITY;
    probe.width = IMAGE;
    probe.height = IMAGE;
    context.drawImage(seen.canvas, seen.x, seen.y, seen.side, seen.side, 0, 0, IMAGE, IMAGE);
    let worst = 0;
    for (const [index, place] of given.areas.places.entries()) {
      const { data } = context.getImageData(place.x, place.y, given.areas.size, given.areas.size);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += data[i] ?? 0;
      worst = Math.max(worst, Math.abs((4 * sum) / data.length - (wanted[index] ?? 0)));
    }
    return worst;
  };
  const until = (condition: () => boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      const last = performance.now() + given.patienceMs;
      const look = (): void => {
        if (condition()) resolve(performance.now());
        else if (performance.now() > last) reject(new Error(`Never true: ${condition}`));
        else requestAnimationFrame(look);
      };
      look();
    });
  /**
   * As `until`, but looks when a frame's callbacks begin and again when they are done: a viewer that draws in a callback
   * of its own has drawn by then, in whatever order they were asked for.
   */
  const soonest = (condition: () => boolean): Promise<number> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      let seen = false;
      const look = () => {
        if (seen || !condition()) return;
        seen = true;
        resolve(performance.now());
      };
      port1.onmessage = look;
      const frame = () => {
        look();
        if (seen) return;
        port2.postMessage(null);
        requestAnimationFrame(frame);
      };
      frame();
    });
  const step = async (): Promise<Step> => {
    const before = slice();
    const [began, handed] = await new Promise<[number, number]>((resolve) =>
      window.addEventListener('wheel', (event) => resolve([event.timeStamp, performance.now()]), {
        capture: true,
        once: true,
        passive: true,
      }),
    );
    const painted = await soonest(() => ![null, before].includes(slice()));
    return { sinceInput: painted - began, sinceHanded: painted - handed };
  };
  const eye: Eye = {
    first: null,
    slice,
    error,
    until,
    step: Promise.resolve({ sinceInput: Number.NaN, sinceHanded: Number.NaN }),
    expectStep: () => {
      eye.step = step();
    },
  };
  window.eye = eye;
  const watch = () => {
    const number = slice();
    if (number !== null && error(number) <= given.tolerance)
      eye.first = { slice: number, at: performance.now() };
    else requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
}

/** Opens the eye in every document of the page, before anything of its own runs. */
export async function openEye(page: Page, look: Look): Promise<void> {
  // esbuild names inner functions by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.addInitScript(open, {
    look,
    marks,
    areas,
    tolerance: TOLERANCE,
    patienceMs: PATIENCE_MS,
  });
}
