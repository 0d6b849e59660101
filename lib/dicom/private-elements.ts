import type { JsonDataSet } from './display-json.ts';

/**
 * A private element's text. Its block is found by its creator's name (PS3.5 7.8.1): a tag such as (7053,1000) is its
 * maker's only where (7053,0010) says so, and the same element may be (7053,1100) where another maker came first. In
 * implicit encoding its VR is unknown, and the bytes are read as the text they are.
 * @param tag as in the first block, e.g. `70531000`
 * @param creator e.g. `Philips PET Private Group`; where no element of the group names any creator, the first block counts
 */
export function privateText(json: JsonDataSet | undefined, creator: string, tag: string): string {
  if (!json) return '';
  const group = tag.slice(0, 4);
  const creators = Object.keys(json).filter((key) => key.startsWith(`${group}00`) && key.slice(6) >= '10');
  if (creators.length === 0) return textOf(json, tag);
  const own = creators.find((key) => textOf(json, key) === creator);
  return own ? textOf(json, `${group}${own.slice(6)}${tag.slice(6)}`) : '';
}

/** As a number; null where there is none. */
export function privateNumber(json: JsonDataSet | undefined, creator: string, tag: string): number | null {
  const text = privateText(json, creator, tag);
  const value = Number(text);
  return text !== '' && Number.isFinite(value) ? value : null;
}

function textOf(json: JsonDataSet, tag: string): string {
  const element = json[tag] as { Value?: unknown[]; InlineBinary?: string } | undefined;
  const [value] = element?.Value ?? [];
  const text = value === undefined ? atob(element?.InlineBinary ?? '') : String(value);
  return text.replaceAll('\0', '').trim();
}
