/** Zones of the network, offered first: France, its overseas, the neighbours. */
export const networkZones = [
  'Europe/Paris',
  'America/Martinique',
  'America/Guadeloupe',
  'America/Cayenne',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Europe/Brussels',
  'Europe/Zurich',
  'Europe/London',
] as const;

/** A zone as people call it: `Central European Time`, `heure d’Europe centrale`; its IANA name where there is none. */
export function zoneName(timeZone: string, locale: string, at: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}
