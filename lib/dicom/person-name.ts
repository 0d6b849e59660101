/** A person name as people read it: `FAMILY Given`, the ideographic form behind it where there is one. PS3.5 6.2.1. */
export function displayName(personName: string): string {
  const [alphabetic = '', ideographic = ''] = personName.split('=');
  const words = (group: string) => {
    const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group
      .split('^')
      .map((part) => part.trim());
    return [prefix, family, given, middle, suffix].filter(Boolean).join(' ');
  };
  const shown = words(alphabetic);
  const other = words(ideographic);
  if (!other) return shown;
  return shown ? `${shown} (${other})` : other;
}
