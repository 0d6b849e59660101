import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import type { Association, Context, Message } from './association.server.ts';
import type { CommandSet } from './command-set.ts';
import { DimseError } from './errors.ts';

/** What identifiers may be written in. */
export const NATIVE_SYNTAXES = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN];
export const PENDING = (status: number): boolean => status === 0xff00 || status === 0xff01;
/** Longer identifiers are not believed. */
export const MAX_IDENTIFIER_BYTES = 4 * 1024 * 1024;

/** The agreed context of a service. Throws DimseError `no_context`. */
export function contextOf(association: Association, abstractSyntax: string): Context {
  const context = [...association.contexts.values()].find(
    (one) => one.abstractSyntax === abstractSyntax && one.mayRequest,
  );
  if (!context) throw new DimseError('no_context', abstractSyntax);
  return context;
}

/** The next message. Throws DimseError `aborted` when the other side asks for release instead of answering. */
export async function answer(association: Association): Promise<Message> {
  const message = await association.receive();
  if (message) return message;
  association.acceptRelease();
  throw new DimseError('aborted', 'released before the answer');
}

/** Throws DimseError `failed_status` unless the response says success, or pending. */
export function checkStatus(command: CommandSet): number {
  const status = command.status ?? 0x0110;
  if (status === 0 || PENDING(status)) return status;
  const said = command.errorComment ? `: ${command.errorComment}` : '';
  throw new DimseError('failed_status', `0x${status.toString(16).padStart(4, '0').toUpperCase()}${said}`, {
    status,
  });
}

/** Runs one exchange; the association is released after it, or broken off when it fails. */
export async function within<T>(
  association: Association,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    const result = await work();
    await association.release();
    return result;
  } catch (error) {
    association.abort();
    if (signal?.aborted) throw new DimseError('cancelled');
    throw error;
  }
}
