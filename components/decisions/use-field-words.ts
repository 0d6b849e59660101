'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { DecisionField } from '@/lib/decisions/schema.ts';
import type { FieldValue } from './merge-fields.ts';

/** A field's value in words; empty when there is none. */
export function useFieldWords(): (field: DecisionField, value: FieldValue) => string {
  const t = useTranslations('record');
  const root = useTranslations();
  const format = useFormatter();
  return (field, value) => {
    if (value === null) return '';
    if (field === 'mode') return value === 'discussed' ? t('modeDiscussed') : t('modeRegistered');
    if (Array.isArray(value)) return value.map((code) => root(`specialty.${code}`)).join(', ');
    if (typeof value === 'boolean') return value ? t('guidelineYes') : t('guidelineOff');
    if (field === 'plannedDate')
      return format.dateTime(new Date(`${value}T00:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' });
    return String(value);
  };
}
