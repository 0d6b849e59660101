import { AppError, type ErrorCode, isAppError } from '@/lib/errors.ts';
import { type Reason, reasons } from './schema.ts';

export type Failure = { reason: Reason; detail: string };

/** DIMSE errors are told by their shape: Next has a copy of their class of its own. */
type DimseErrorLike = Error & { code: string; detail: string; status?: number };
const isDimseError = (error: unknown): error is DimseErrorLike =>
  error instanceof Error && error.name === 'DimseError' && 'code' in error;

/** Why an attempt ended, in the words that a transfer keeps. `detail` is what the other side said, for experts. */
export function failureOf(error: unknown): Failure {
  if (isDimseError(error)) {
    const outOfResources = error.status !== undefined && (error.status & 0xff00) === 0xa700;
    if (outOfResources) return { reason: 'peer_out_of_resources', detail: error.detail };
    const known = reasons.find((reason) => reason === error.code);
    return { reason: known ?? 'protocol_error', detail: error.detail.slice(0, 500) };
  }
  if (isAppError(error) && error.code === 'storage_full') return { reason: 'storage_full', detail: '' };
  return { reason: 'internal', detail: '' };
}

const codes: Partial<Record<Reason, ErrorCode>> = {
  connection_refused: 'node_unreachable',
  unreachable: 'node_unreachable',
  timeout: 'node_unreachable',
  tls_failed: 'node_refused',
  association_rejected: 'node_refused',
  no_context: 'node_refused',
};

/** The same for somebody who waits for the answer: what is no trouble with the other side is thrown as it is. */
export function asAppError(error: unknown): unknown {
  if (!isDimseError(error)) return error;
  return new AppError(codes[failureOf(error).reason] ?? 'node_failed', { cause: error });
}
