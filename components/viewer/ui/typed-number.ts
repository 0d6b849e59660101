/** A figure as it stands in a field, with the reader's decimal mark: five digits, none of them grouped. */
export const typedNumber = (locale: string, value: number): string =>
  new Intl.NumberFormat(locale, { maximumSignificantDigits: 5, useGrouping: false }).format(value);
