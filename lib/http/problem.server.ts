import { createTranslator } from 'use-intl/core';
import { z } from 'zod';
import { AppError, type FieldError, isAppError } from '@/lib/errors.ts';
import { log } from '@/lib/log.server.ts';
import en from '@/messages/en.json' with { type: 'json' };
import fr from '@/messages/fr.json' with { type: 'json' };

export type Locale = 'en' | 'fr';

/** RFC 9457 problem details, with the stable code that clients switch on. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  params?: Record<string, string | number>;
  errors?: FieldError[];
  current?: unknown;
};

/** Turns whatever was thrown into what a client may see. Causes and unknown errors go to the log only. */
export function toProblem(error: unknown, locale: Locale): Problem {
  const known = asAppError(error);
  if (known.status >= 500) log.error({ err: error, code: known.code }, 'request failed');
  return {
    type: `urn:consilium:error:${known.code}`,
    title: errorSentence(known, locale),
    status: known.status,
    code: known.code,
    ...(Object.keys(known.params).length > 0 && { params: known.params }),
    ...(known.fields.length > 0 && { errors: known.fields }),
    ...(known.current !== undefined && { current: known.current }),
  };
}

function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof z.ZodError) {
    const fields = error.issues.map((issue) => ({
      path: issue.path.join('.'),
      code: issue.code ?? 'invalid',
      message: issue.message,
    }));
    return new AppError('invalid_input', { fields });
  }
  return new AppError('internal', { cause: error });
}

/** The sentence of an error in a language; used wherever no browser translates (CLI, DICOMweb, CSV). */
export function errorSentence(error: Pick<AppError, 'code' | 'params'>, locale: Locale): string {
  const messages = (locale === 'fr' ? fr : en) as Record<string, unknown>;
  const translate = createTranslator({
    locale,
    messages: messages as never,
    onError: () => undefined,
    getMessageFallback: () => error.code,
  });
  return (translate as unknown as (key: string, params: Record<string, string | number>) => string)(
    `errors.${error.code}`,
    error.params,
  );
}

/** The first of English and French that an Accept-Language header names; undefined when it names neither. */
function accepted(header: string | null | undefined): Locale | undefined {
  for (const part of (header ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === 'en' || tag === 'fr') return tag;
  }
  return undefined;
}

/**
 * The language to answer in, the same for pages and for errors: the one chosen in this browser (cookie `locale`), else
 * the browser's, else the account's. French is the network's.
 */
export function requestLocale(
  headers: { cookie?: string | null; acceptLanguage?: string | null },
  own: Locale = 'fr',
): Locale {
  const chosen = /(?:^|;\s*)locale=(en|fr)(?:;|$)/.exec(headers.cookie ?? '')?.[1] as Locale | undefined;
  return chosen ?? accepted(headers.acceptLanguage) ?? own;
}
