import { type JsonDataSet, textValue } from './display-json.ts';

/** A moment as DA and TM, and the offset from UTC that they are told at, as `+0200`; null: the object names none. */
export type OwnTime = { date: string; time: string; offset: string | null };

/**
 * A moment for an object that copies dates and times of an image. Timezone Offset From UTC holds for all DA and TM of an
 * object (PS3.3 C.12.1.1): an offset of our own would move the copied ones, so ours are told at the image's. Where the
 * image names none they are in the server's time, as copied ones are in that of whoever wrote them.
 */
export function ownTime(image: JsonDataSet, at: Date): OwnTime {
  const minutes = offsetOf(textValue(image, '00080201'));
  const shift = minutes ?? -at.getTimezoneOffset();
  const text = new Date(at.getTime() + shift * 60_000).toISOString().replace(/[-:]/g, '');
  return {
    date: text.slice(0, 8),
    time: text.slice(9, 19),
    offset: minutes === null ? null : offsetText(minutes),
  };
}

/** Minutes east of UTC; null for what is no offset between -1200 and +1400 (PS3.5 table 6.2-1, DT). */
function offsetOf(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d\d)([0-5]\d)$/.exec(text) ?? [];
  if (!sign) return null;
  const offset = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  return offset >= -12 * 60 && offset <= 14 * 60 ? offset : null;
}

function offsetText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
