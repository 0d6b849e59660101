import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { ofCentre } from './load-node.server.ts';
import { mayEditListener } from './rules.ts';
import type { ListenerSettings, ListenerView } from './schema.ts';

const REFUSE: ListenerSettings = { unknownCallers: 'refuse', centreId: null };

/** What unknown callers get: nothing, unless an administrator lets their objects be kept aside. */
export async function readListenerSettings(): Promise<ListenerSettings> {
  const row = await db().listenerSettings.findUnique({ where: { id: 1 } });
  if (row?.unknownCallers !== 'quarantine' || row.centreId === null) return REFUSE;
  return { unknownCallers: 'quarantine', centreId: row.centreId };
}

const administered = (actor: Actor): string[] =>
  actor.memberships
    .map(({ centreId }) => centreId)
    .filter((centreId) => can(actor, 'centre.nodes', ofCentre({ centreId })));

/** The settings as an administrator sees them. Throws `forbidden` for everybody else. */
export async function readListener(actor: Actor): Promise<ListenerView> {
  if (administered(actor).length === 0) throw new AppError('forbidden');
  const present = await readListenerSettings();
  const centre = present.centreId
    ? await db().centre.findUnique({ where: { id: present.centreId }, select: { name: true } })
    : null;
  return {
    ...present,
    centreName: centre?.name ?? '',
    mayEdit: mayEditListener(present, administered(actor)),
  };
}

/**
 * Refuses unknown callers, or keeps what they bring aside for a centre that the actor administers. Throws `forbidden`
 * while another centre keeps it, `not_found` or `forbidden` for a centre that is not the actor's.
 */
export async function editListener(actor: Actor, input: ListenerSettings): Promise<void> {
  const mine = administered(actor);
  const present = await readListenerSettings();
  if (!mayEditListener(present, mine)) throw new AppError('forbidden');
  const centreId = input.centreId ?? present.centreId ?? mine[0] ?? '';
  authorise(actor, 'centre.nodes', ofCentre({ centreId }));
  await withAudit(actor, async (tx, audit) => {
    const data = { unknownCallers: input.unknownCallers, centreId: input.centreId };
    await tx.listenerSettings.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data });
    audit({
      action: 'listener.edit',
      resourceType: 'listener',
      resourceId: '',
      centreId,
      details: { unknownCallers: input.unknownCallers },
    });
  });
}
