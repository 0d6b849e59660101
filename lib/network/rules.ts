import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, isNative } from '@/lib/dicom/uids.ts';
import type { ListenerSettings, QueryNode, Reason, TransferState } from './schema.ts';

/** Attempts in a row that brought nothing; then somebody has to look. The pauses add up to about three hours. */
export const MAX_ATTEMPTS = 10;
const PAUSES_S = [2, 10, 30, 120, 300, 900, 1800, 3600, 3600];

/** Milliseconds to wait after so many attempts in a row without progress (at least 1). */
export function backOff(attempts: number): number {
  return (PAUSES_S[Math.min(Math.max(attempts, 1), PAUSES_S.length) - 1] ?? 3600) * 1000;
}

const transitions: Record<TransferState, readonly TransferState[]> = {
  waiting: ['running', 'cancelled'],
  running: ['waiting', 'done', 'failed', 'cancelled'],
  failed: ['waiting'],
  cancelled: ['waiting'],
  done: [],
};

/** What a transfer may become. `done` is the end: nothing of it is ever sent again. */
export const mayBecome = (from: TransferState, to: TransferState): boolean => transitions[from].includes(to);

/** What time cannot heal: somebody has to change something first, here or at the other side. */
const lasting: ReadonlySet<Reason> = new Set([
  'tls_failed',
  'no_context',
  'objects_refused',
  'objects_kept_aside',
  'incomplete',
  'node_disabled',
  'study_gone',
]);

/** Whether the same attempt may end otherwise when it is made again later. */
export const worthRetry = (reason: Reason): boolean => !lasting.has(reason);

export type StoreOutcome = 'sent' | 'refused' | 'later' | 'stop';

/**
 * What a C-STORE status means for the one object (PS3.4 B.2.3, PS3.7 C): taken (success, or a warning); refused for
 * good; worth another try while the others go on; or nothing more can be taken now.
 */
export function storeOutcome(status: number): StoreOutcome {
  if (status === 0x0000 || status === 0x0001 || (status & 0xf000) === 0xb000) return 'sent';
  if (status === 0x0107 || status === 0x0116) return 'sent';
  // A7xx: out of resources. 0213: resource limitation.
  if ((status & 0xff00) === 0xa700 || status === 0x0213) return 'stop';
  // Processing failure says nothing about the object; a busy database of theirs answers so.
  if (status === 0x0110) return 'later';
  return 'refused';
}

/** A DIMSE status as it is written everywhere: four hexadecimal digits. */
export const statusText = (status: number): string => status.toString(16).toUpperCase().padStart(4, '0');

export type Proposed = { sopClassUid: string; transferSyntaxUid: string };

/** Contexts of one association (PS3.8 9.3.2.2: odd numbers of one byte). */
export const MAX_CONTEXTS = 128;

/**
 * The presentation contexts that a set of objects needs: each SOP class with each stored transfer syntax, and for
 * native ones the two that any node can be expected to know. Cut into associations of at most 128 contexts; a class
 * is never split.
 */
export function contextsFor(objects: readonly Proposed[]): Proposed[][] {
  const byClass = new Map<string, Set<string>>();
  for (const { sopClassUid, transferSyntaxUid } of objects) {
    const syntaxes = byClass.get(sopClassUid) ?? new Set();
    syntaxes.add(transferSyntaxUid);
    if (isNative(transferSyntaxUid)) syntaxes.add(EXPLICIT_LITTLE_ENDIAN).add(IMPLICIT_LITTLE_ENDIAN);
    byClass.set(sopClassUid, syntaxes);
  }
  const associations: Proposed[][] = [];
  for (const [sopClassUid, syntaxes] of byClass) {
    const contexts = [...syntaxes].map((transferSyntaxUid) => ({ sopClassUid, transferSyntaxUid }));
    const last = associations.at(-1);
    if (last && last.length + contexts.length <= MAX_CONTEXTS) last.push(...contexts);
    else associations.push(contexts);
  }
  return associations;
}

/** Only the administrator of the centre that keeps what unknown callers bring may take that from it. */
export const mayEditListener = (
  present: Pick<ListenerSettings, 'centreId'>,
  administered: readonly string[],
): boolean =>
  administered.length > 0 && (present.centreId === null || administered.includes(present.centreId));

/** IPv4 in IPv6 is IPv4 (RFC 4291 2.5.5.2); zones and case do not make another address. */
export const plainAddress = (address: string): string =>
  address
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');

/** What names it: as typed, or its beginning when nothing says where it ends (PS3.4 C.2.2.2.4). */
export const namePattern = (typed: string): string => {
  if (typed === '' || /[*?]/.test(typed)) return typed;
  return `${typed.replace(/,\s*/, '^').replace(/\s+/g, '*')}*`;
};

/** A range as PS3.4 C.2.2.2.5 writes it; open on the side that is not given. */
export const dateRange = ({ from, to }: Pick<QueryNode, 'from' | 'to'>): string =>
  from === '' && to === '' ? '' : from === to ? from : `${from}-${to}`;
