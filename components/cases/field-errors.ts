'use client';

import { useTranslations } from 'next-intl';
import type { z } from 'zod';
import { ApiError } from '@/lib/http/api-client.ts';

/** What is wrong with which field: a dotted path and a code, from the browser's check or the server's. */
export type FieldErrors = Record<string, string>;

/** The errors of a schema's check in the browser, the first of each field. */
export function issuesOf(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues)
    errors[issue.path.join('.')] ??= issue.code === 'custom' ? issue.message : issue.code;
  return errors;
}

/** The fields that the server refused. */
export function fieldsOf(error: unknown): FieldErrors {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(
    errors.map(({ path, code, message }) => [path, code === 'custom' ? (message ?? code) : code]),
  );
}

/** Says a field's error in the user's language. */
export function useFieldError(): (code: string | undefined) => string | undefined {
  const t = useTranslations('validation');
  return (code) => {
    switch (code) {
      case undefined:
        return undefined;
      case 'too_small':
      case 'required':
        return t('required');
      case 'too_big':
        return t('tooLong');
      case 'date_does_not_exist':
      case 'invalid_format':
        return t('date');
      case 'name_without_letters':
        return t('nameWithoutLetters');
      case 'unstorable_character':
        return t('unstorable');
      case 'patient_mismatch':
        return t('patientMismatch');
      default:
        return t('invalid');
    }
  };
}
