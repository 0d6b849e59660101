'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';
import { networkZones, zoneName } from '@/lib/boards/time-zones.ts';

const isOfNetwork = (zone: string) => (networkZones as readonly string[]).includes(zone);

/** The zone in which a session's date and time are meant. */
export function TimeZoneField(props: { value: string; onChange: (timeZone: string) => void }) {
  const t = useTranslations('session');
  const locale = useLocale();
  const others = new Set([props.value, ...Intl.supportedValuesOf('timeZone')]);
  const option = (zone: string) => (
    <option key={zone} value={zone}>
      {zone.replaceAll('_', ' ')}
    </option>
  );
  return (
    <Field label={t('field.timeZone')} hint={zoneName(props.value, locale)}>
      {(control) => (
        <select
          {...control}
          className="field"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          <optgroup label={t('zonesNetwork')}>{networkZones.map(option)}</optgroup>
          <optgroup label={t('zonesOther')}>
            {[...others].filter((zone) => !isOfNetwork(zone)).map(option)}
          </optgroup>
        </select>
      )}
    </Field>
  );
}
