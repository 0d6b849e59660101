import { hodgkinPatient } from '@/lib/phantom/hodgkin.ts';
import { structureSetFile } from '@/lib/phantom/structure-set.ts';
import { type CtSeries, ctSeries } from '../store/ct-series.ts';

const SIZE = 512;
const FRAME_BYTES = SIZE * SIZE * 2;
const INTERCEPT = -1024;
const WINDOW = { center: 40, width: 400 };

/** A row of squares near the upper edge of each image: its number in binary, black and white, lowest bit first. */
export const marks = { bits: 10, size: 28, x: 116, y: 8 } as const;

/** Squares in the body whose mean grey tells that the picture is right: its window, its place and its size. */
export const areas = { size: 24, places: places() } as const;

function places(): { x: number; y: number }[] {
  const result: { x: number; y: number }[] = [];
  for (let y = 140; y <= 340; y += 66) for (let x = 110; x <= 380; x += 66) result.push({ x, y });
  return result;
}

export type MarkedStudy = {
  ct: CtSeries;
  /** The structure set alone, as a series of one instance. */
  structures: CtSeries;
  /** For each image from the head down: mean grey of each area in the first window of its header, 0 to 255. */
  greys: number[][];
};

/** The benchmark's CT with its number written into every image, and contours of its organs and targets. */
export function markedStudy(count: number): MarkedStudy {
  const ct = ctSeries(count);
  const greys = ct.instances.map(({ bytes }, index) => {
    const pixels = new Uint16Array(
      bytes.buffer.slice(bytes.byteOffset + bytes.length - FRAME_BYTES, bytes.byteOffset + bytes.length),
    );
    // From 1: an empty canvas must not read as an image.
    writeNumber(pixels, index + 1);
    Buffer.from(pixels.buffer).copy(bytes, bytes.length - FRAME_BYTES);
    return areas.places.map((place) => meanGrey(pixels, place));
  });
  const patient = hodgkinPatient(7);
  const planes = { bottom: -300, spacing: 2, count, pixel: 0.9765625 };
  const bytes = Buffer.from(structureSetFile(patient, planes, patient.studyDate));
  return {
    ct,
    structures: { studyUid: ct.studyUid, seriesUid: '', instances: [{ sopUid: '', bytes }] },
    greys,
  };
}

function writeNumber(pixels: Uint16Array, number: number): void {
  for (let bit = 0; bit < marks.bits; bit += 1) {
    const value = (number >> bit) & 1 ? 2048 : 0;
    for (let y = marks.y; y < marks.y + marks.size; y += 1) {
      const from = y * SIZE + marks.x + bit * marks.size;
      pixels.fill(value, from, from + marks.size);
    }
  }
}

function meanGrey(pixels: Uint16Array, { x, y }: { x: number; y: number }): number {
  let sum = 0;
  for (let row = y; row < y + areas.size; row += 1)
    for (let column = x; column < x + areas.size; column += 1) {
      const hounsfield = (pixels[row * SIZE + column] ?? 0) + INTERCEPT;
      const share = (hounsfield - WINDOW.center) / WINDOW.width + 0.5;
      sum += Math.max(0, Math.min(255, share * 255));
    }
  return sum / areas.size ** 2;
}
