'use client';

import { useTranslations } from 'next-intl';
import { useCalendarDate } from '@/components/studies/use-format.ts';
import type { PatientView } from '@/lib/cases/schema.ts';

/** Who a patient is, besides the name: birth date, sex, the centres' identifiers. */
export function PatientFacts({ patient }: { patient: PatientView }) {
  const t = useTranslations('cases');
  const date = useCalendarDate();
  return [
    patient.birthDate && t('born', { date: date(patient.birthDate) }),
    patient.sex && t(`sexShort.${patient.sex}`),
    ...patient.identifiers.map(({ centreCode, value }) => `${centreCode} ${value}`),
  ]
    .filter(Boolean)
    .join(' · ');
}
