import { textValue } from '@/lib/dicom/display-json.ts';
import { dot, type Mm3 } from '@/lib/dicom/image-plane.ts';
import type { Stack } from '../data/stack.ts';

/** What decides which series is compared with which. */
export type Comparable = Pick<Stack, 'StudyInstanceUID' | 'Modality' | 'images' | 'header' | 'planes'>;

/** More images than a scout or a dose report has. */
export const FEW = 5;

/** When a study was made, so that later sorts behind; '' when its date is not said. */
export function madeAt({ header }: Pick<Comparable, 'header'>): string {
  const date = textValue(header, '00080020');
  return /^\d{8}$/.test(date) ? `${date} ${textValue(header, '00080030').padEnd(6, '0')}` : '';
}

const dayOf = (series: Comparable): string => madeAt(series).slice(0, 8);

/**
 * A series of the latest study and the one of an earlier day that it is best compared with; null where there is none.
 * Same modality, no other body part where both name one, the same orientation as far as any is; then the latest of the
 * earlier days, then the one with most images. A study without a date is nobody's prior: before what it was, nobody
 * knows. Two studies of one day are one examination.
 */
export function currentAndPrior<T extends Comparable>(stacks: readonly T[]): { current: T; prior: T } | null {
  const dated = stacks.filter((one) => madeAt(one) !== '' && one.images.length > FEW);
  const latest = dated.map(dayOf).sort().at(-1) ?? '';
  const now = dated.filter((one) => dayOf(one) === latest).sort(byImages);
  for (const current of [...now].sort((a, b) => rankOf(a) - rankOf(b))) {
    const [prior] = dated
      .filter((one) => dayOf(one) < latest && isLike(current, one))
      .sort(
        (a, b) =>
          Math.round(likeness(current, b) * 5) - Math.round(likeness(current, a) * 5) ||
          madeAt(b).localeCompare(madeAt(a)) ||
          byImages(a, b),
      );
    if (prior) return { current, prior };
  }
  return null;
}

const byImages = (a: Comparable, b: Comparable): number => b.images.length - a.images.length;

/** CT is compared before anything else: it is what sizes are measured on. */
const RANKS = ['CT', 'MR', 'PT'];
const rankOf = ({ Modality }: Comparable): number =>
  RANKS.includes(Modality) ? RANKS.indexOf(Modality) : RANKS.length;

function isLike(a: Comparable, b: Comparable): boolean {
  const [one, other] = [a, b].map(({ header }) => textValue(header, '00180015').toUpperCase());
  return a.Modality === b.Modality && (!one || !other || one === other);
}

/** How much alike two series lie, 0 to 1. */
function likeness(a: Comparable, b: Comparable): number {
  const [one, other] = [normalOf(a), normalOf(b)];
  return one && other ? Math.abs(dot(one, other)) : 0;
}

const normalOf = ({ planes }: Comparable): Mm3 | null =>
  planes.find((plane) => plane !== null)?.normal ?? null;
