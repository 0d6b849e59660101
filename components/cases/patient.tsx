'use client';

import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { useCalendarDate } from '@/components/studies/use-format.ts';
import type { PatientView } from '@/lib/cases/schema.ts';

/** Who a patient is, besides the name: birth date, sex, the centres' identifiers; a line breaks between them only. */
export function PatientFacts({ patient }: { patient: PatientView }) {
  const t = useTranslations('cases');
  const date = useCalendarDate();
  const facts = [
    patient.birthDate && t('born', { date: date(patient.birthDate) }),
    patient.sex && t(`sexShort.${patient.sex}`),
    ...patient.identifiers.map(({ centreCode, value }) => `${centreCode} ${value}`),
  ].filter(Boolean);
  return facts.map((fact, at) => (
    <Fragment key={fact}>
      {at > 0 && ' · '}
      <span className="inline-block">{fact}</span>
    </Fragment>
  ));
}
