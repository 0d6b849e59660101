/**
 * A DA or DT value (PS3.5 6.2) moved by whole days; times of day stay, so that intervals within and between studies do.
 * Empty where the text is no date: what cannot be read cannot be moved.
 */
export function shiftDates(value: string, days: number): string {
  return value
    .split('\\')
    .map((one) => shiftDate(one.trim(), days))
    .join('\\');
}

function shiftDate(value: string, days: number): string {
  const match = /^(\d{4})\.?(\d{2})?\.?(\d{2})?(.*)$/.exec(value);
  if (!match) return '';
  const [, year, month = '', day = '', rest = ''] = match;
  if (!/^[\d.+\-& ]*$/.test(rest)) return '';
  const at = new Date(Date.UTC(Number(year), Number(month || 1) - 1, Number(day || 1)));
  if (Number.isNaN(at.getTime())) return '';
  at.setUTCDate(at.getUTCDate() + days);
  const shifted = at.toISOString().slice(0, 10).replaceAll('-', '');
  return shifted.slice(0, 4 + month.length + day.length) + rest;
}
