import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor, CaseFacts } from '@/lib/auth/policy.ts';
import { caseFacts } from '@/lib/cases/load-case.server.ts';
import type { Tx } from '@/lib/db/client.server.ts';
import { AppError } from '@/lib/errors.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import { type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';
import { mayChangeKeyView } from './rules.ts';
import type { KeyViewSummary } from './schema.ts';
import { presentationRefusal } from './to-presentation.ts';

export const keyViewInclude = { author: { select: { displayName: true } } } as const;

type Row = {
  id: string;
  title: string;
  note: string;
  authorId: string;
  author: { displayName: string };
  createdAt: Date;
  version: number;
  view: unknown;
  viewVersion: number;
};

export const toKeyViewSummary = (actor: Actor, facts: CaseFacts, row: Row): KeyViewSummary => ({
  id: row.id,
  title: row.title,
  note: row.note,
  authorId: row.authorId,
  authorName: row.author.displayName,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
  may: { change: mayChangeKeyView(actor, facts, row.authorId) },
  viewports: (storedView(row)?.viewports ?? []).map((state) => ({
    viewportId: state.viewportId,
    gsps: presentationRefusal(state),
  })),
});

/** The case's facts, once the actor may see it. Throws `not_found`. */
export async function readableCase(tx: Tx, actor: Actor, caseId: string): Promise<CaseFacts> {
  const facts = await caseFacts(tx, caseId);
  authorise(actor, 'case.read', facts);
  return facts;
}

/** A key view's row. A deleted one is asked for only by who would bring it back. Throws `not_found`. */
export async function loadKeyView(
  tx: Tx,
  at: { caseId: string; id: string },
  options: { deleted?: boolean } = {},
) {
  const row = await tx.keyView.findFirst({
    where: { ...at, deletedAt: options.deleted ? { not: null } : null },
    include: keyViewInclude,
  });
  if (!row) throw new AppError('not_found');
  return row;
}

/** What was stored as a view, with what later versions added to views as it is when there is none of it. */
export function storedView(row: { view: unknown; viewVersion: number }): ViewState | null {
  if (row.viewVersion > PROTOCOL_VERSION) return null;
  const parsed = viewStateSchema.safeParse(row.view);
  return parsed.success ? parsed.data : null;
}

/** An audit row about a key view. */
export const keyViewEntry = (action: string, at: { caseId: string; id: string }, facts: CaseFacts) => ({
  action: `key-view.${action}`,
  resourceType: 'key-view',
  resourceId: at.id,
  centreId: facts.centreId,
  caseId: at.caseId,
});
