/**
 * Reading the DICOM JSON model (PS3.18 annex F) where the browser has it: plain values out of tags, never throwing.
 * The shape is structural, so that no parser is pulled into the browser with it.
 */
export type JsonElement = { vr: string; Value?: unknown[]; BulkDataURI?: string; InlineBinary?: string };
export type JsonDataSet = Record<string, JsonElement | undefined>;

/** First value as trimmed text; '' where there is none. Person names give their alphabetic group. */
export function textValue(dataSet: JsonDataSet | undefined, tag: string): string {
  const value = dataSet?.[tag]?.Value?.[0];
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (value !== null && typeof value === 'object' && 'Alphabetic' in value)
    return String(value.Alphabetic).trim();
  return '';
}

export function textValues(dataSet: JsonDataSet | undefined, tag: string): string[] {
  return (dataSet?.[tag]?.Value ?? []).map((value) => String(value ?? '').trim());
}

/** First value as a finite number, else null. DS and IS may come as numbers or, from other servers, as strings. */
export function numberValue(dataSet: JsonDataSet | undefined, tag: string): number | null {
  return toNumber(dataSet?.[tag]?.Value?.[0]);
}

/** All values as numbers; null when the tag is absent, empty, or holds anything that is none. */
export function numberValues(dataSet: JsonDataSet | undefined, tag: string): number[] | null {
  const values = dataSet?.[tag]?.Value;
  if (!values || values.length === 0) return null;
  // Contours are long lists that are numbers already.
  if (areNumbers(values)) return values;
  const numbers: number[] = [];
  for (const value of values) {
    const number = toNumber(value);
    if (number === null) return null;
    numbers.push(number);
  }
  return numbers;
}

/** The items of a sequence; none when it is absent. */
export function items(dataSet: JsonDataSet | undefined, tag: string): JsonDataSet[] {
  const values = dataSet?.[tag]?.Value ?? [];
  return values.filter((value): value is JsonDataSet => value !== null && typeof value === 'object');
}

function toNumber(value: unknown): number | null {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

function areNumbers(values: readonly unknown[]): values is number[] {
  for (let at = 0; at < values.length; at += 1) if (!Number.isFinite(values[at])) return false;
  return true;
}
