import type { IncomingMessage } from 'node:http';
import { type AuthenticatedActor, actorFromHeaders } from '@/lib/auth/actor.server.ts';
import { AppError } from '@/lib/errors.ts';
import { type ResolvedStudy, resolveStudy } from '@/lib/store/load-study.server.ts';
import { recordRead } from '@/lib/store/record-read.server.ts';
import { type StoredInstance, seriesTable } from '@/lib/store/study-contents.server.ts';
import type { InstanceTarget } from './path.ts';

// A viewer asks for hundreds of frames a second; who asks is looked up once in a few seconds, not once a frame.
const ACTOR_MS = 3000;
// The same few seconds for what they may open: a right that is withdrawn is withdrawn while the series still loads.
const RESOLVED_MS = 3000;

type Kept<T> = { until: number; value: Promise<T>; settled: T | undefined };

/** Promises kept for a short time; a failed one is not. What is settled is given without waiting a turn. */
class ShortMemory<T> {
  private readonly entries = new Map<string, Kept<T>>();
  private readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  get(key: string, make: () => Promise<T>): T | Promise<T> {
    const known = this.entries.get(key);
    if (known && known.until > Date.now()) return known.settled ?? known.value;
    if (this.entries.size > 1000) this.entries.clear();
    const value = make();
    const kept: Kept<T> = { until: Date.now() + this.milliseconds, value, settled: undefined };
    this.entries.set(key, kept);
    value.then(
      (settled) => {
        kept.settled = settled;
      },
      () => this.entries.delete(key),
    );
    return value;
  }
}

const actors = new ShortMemory<AuthenticatedActor>(ACTOR_MS);
const studies = new ShortMemory<ResolvedStudy>(RESOLVED_MS);

/** Who asks. Throws `unauthenticated` or `session_expired`. */
export function actorOf(request: IncomingMessage): AuthenticatedActor | Promise<AuthenticatedActor> {
  const { cookie, authorization } = request.headers;
  return actors.get(`${cookie}\n${authorization}`, async () => {
    const actor = await actorFromHeaders({ cookie, authorization }, 'dicomweb');
    if (!actor) throw new AppError('unauthenticated');
    return actor;
  });
}

/** Opens a study for an actor and writes that they look at it. Throws `not_found` for what they may not read. */
export async function openStudy(
  actor: AuthenticatedActor,
  caseId: string | null,
  studyUid: string,
): Promise<ResolvedStudy> {
  const study = await studies.get(`${actor.personId} ${caseId} ${studyUid}`, () =>
    resolveStudy(actor, { caseId }, studyUid),
  );
  await recordRead(actor, study, caseId);
  return study;
}

/** One instance of a study that the actor may read. Throws `not_found`. */
export async function openInstance(
  actor: AuthenticatedActor,
  target: InstanceTarget & { caseId: string | null },
): Promise<StoredInstance> {
  const study = await openStudy(actor, target.caseId, target.study);
  const table = await seriesTable(study, target.series, target.instance);
  const found = table.get(target.instance);
  if (!found) throw new AppError('not_found');
  return found;
}
