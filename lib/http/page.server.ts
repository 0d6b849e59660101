import { notFound } from 'next/navigation';
import { z } from 'zod';
import { isAppError } from '@/lib/errors.ts';

/** The ids in a page's address. One that no row could have shows the not-found page. */
export async function pageIds<K extends string>(
  params: Promise<Record<K, string>>,
): Promise<Record<K, string>> {
  const ids = await params;
  if (!Object.values(ids).every((id) => z.uuid().safeParse(id).success)) notFound();
  return ids;
}

/** What a use case gives to a page; the not-found page where it says that there is nothing, or nothing to be seen. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error) && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
    throw error;
  }
}
