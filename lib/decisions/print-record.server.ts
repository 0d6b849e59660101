import path from 'node:path';
import { renderToBuffer } from '@react-pdf/renderer';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import type { Locale } from '@/lib/http/problem.server.ts';
import { readDecision } from './decide.server.ts';
import { drawnOn } from './drawn.server.ts';
import { decisionFacts } from './load-decision.server.ts';
import { loadFonts, RecordDocument } from './record-document.tsx';
import { recordWords } from './record-words.server.ts';

/**
 * The record of a decision as PDF: the last validated version, the one asked for, or the draft with its mark. Audited:
 * paper goes where no right follows it.
 * Throws `not_found` for a version that there is none of.
 */
export async function printRecord(
  actor: AuthenticatedActor,
  agendaItemId: string,
  options: { locale: Locale; version?: number },
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const view = await readDecision(actor, agendaItemId);
  const wanted = options.version ?? view.versions.at(-1)?.number;
  const version = view.versions.find((one) => one.number === wanted);
  if (wanted !== undefined && !version) throw new AppError('not_found');
  const context = version?.context ?? {
    ...view.context,
    drawn: await drawnOn(db(), { sessionId: view.sessionId, agendaItemId }),
  };
  await loadFonts(path.join(process.cwd(), 'node_modules/dejavu-fonts-ttf/ttf'));
  const bytes = await renderToBuffer(
    RecordDocument({
      content: version?.content ?? view.draft,
      context,
      versions: version ? view.versions.filter((one) => one.number <= version.number) : view.versions,
      number: version?.number ?? null,
      locale: options.locale,
      words: recordWords(options.locale),
    }),
  );
  const { session, caseId } = await decisionFacts(db(), agendaItemId);
  await withAudit(actor, async (_tx, audit) => {
    audit({
      action: 'decision.print',
      resourceType: 'decision',
      resourceId: view.id,
      centreId: session.centreId,
      caseId,
      details: { locale: options.locale, ...(version && { version: version.number }) },
    });
  });
  return {
    bytes: new Uint8Array(bytes),
    fileName: `rcp-${view.id.slice(0, 8)}${version ? `-v${version.number}` : '-draft'}.pdf`,
  };
}
