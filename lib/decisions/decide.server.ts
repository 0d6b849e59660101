import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { authorise } from '@/lib/auth/authorise.ts';
import { ofBothCentres } from '@/lib/db/both-centres.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { type Audit, withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { notify } from '@/lib/live/notify.server.ts';
import { drawnOn } from './drawn.server.ts';
import {
  centresOf,
  decisionContext,
  decisionFacts,
  openDecision,
  viewDecision,
} from './load-decision.server.ts';
import { missingFields } from './rules.ts';
import {
  type DecisionDraft,
  type DecisionField,
  type DecisionView,
  decisionDraftSchema,
  decisionFields,
} from './schema.ts';

type Facts = Awaited<ReturnType<typeof decisionFacts>>;

/** The decision of an agenda item, opened when it is not there yet. Audited. */
export async function readDecision(actor: AuthenticatedActor, agendaItemId: string): Promise<DecisionView> {
  const facts = await decisionFacts(db(), agendaItemId);
  authorise(actor, 'decision.read', facts);
  return withAudit(actor, async (tx, audit) => {
    const view = await viewDecision(tx, actor, agendaItemId);
    note(audit, 'decision.read', view.id, facts);
    return view;
  });
}

/**
 * Saves one field while it is typed. `baseVersion` is the field's version that the writer saw: when somebody else
 * has written it since, `version_conflict` tells what stands there now and nothing is overwritten. Answers the new
 * versions of the field and of the whole decision: a writer who finds more than one step knows that others wrote too.
 */
export async function editDecisionDraft(
  actor: AuthenticatedActor,
  input: { agendaItemId: string; field: DecisionField; value: unknown; baseVersion: number },
): Promise<{ fieldVersion: number; version: number }> {
  const value = decisionFields[input.field].parse(input.value);
  const { result, facts, decisionId, version } = await change(
    actor,
    input.agendaItemId,
    'decision.write',
    async (tx, decision, audit, own) => {
      if (decision.state === 'validated') throw new AppError('decision_validated');
      const versions = decision.fieldVersions as Record<string, number>;
      const present = versions[input.field] ?? 0;
      const draft = decision.draft as DecisionDraft;
      if (present !== input.baseVersion)
        throw new AppError('version_conflict', {
          current: { value: draft[input.field], fieldVersion: present },
        });
      const fieldVersion = present + 1;
      await tx.decision.update({
        where: { id: decision.id },
        data: {
          draft: { ...draft, [input.field]: value },
          fieldVersions: { ...versions, [input.field]: fieldVersion },
        },
      });
      note(audit, 'decision.edit', decision.id, own, { field: input.field, version: fieldVersion });
      return { fieldVersion };
    },
  );
  tell(actor, facts, input.agendaItemId, decisionId, version, input.field);
  return { ...result, version };
}

/**
 * The chair validates: the draft and everything around it are frozen as the next version. The first has no reason;
 * every later one, an amendment, must have one. Throws `decision_incomplete` with the fields, `reason_required`.
 */
export async function validateDecision(
  actor: AuthenticatedActor,
  agendaItemId: string,
  input: { reason: string; version: number },
): Promise<{ number: number }> {
  const { result, facts, decisionId, version } = await change(
    actor,
    agendaItemId,
    'decision.validate',
    async (tx, decision, audit, own) => {
      if (decision.state === 'validated') throw new AppError('decision_validated');
      // What is frozen must be what the chair read, to the last letter.
      if (decision.version !== input.version)
        throw new AppError('version_conflict', { current: { version: decision.version } });
      const draft = decisionDraftSchema.parse(decision.draft);
      const missing = missingFields(draft);
      if (missing.length > 0)
        throw new AppError('decision_incomplete', {
          fields: missing.map((path) => ({ path, code: 'required' })),
        });
      const number = (await tx.decisionVersion.count({ where: { decisionId: decision.id } })) + 1;
      if (number > 1 && input.reason === '')
        throw new AppError('reason_required', { fields: [{ path: 'reason', code: 'required' }] });
      const { sessionId } = own;
      const context = {
        ...(await decisionContext(tx, agendaItemId, draft.writtenOpinions)),
        drawn: await drawnOn(tx, { sessionId, agendaItemId }),
      };
      await tx.decisionVersion.create({
        data: {
          decisionId: decision.id,
          number,
          content: draft,
          context,
          reason: number > 1 ? input.reason : null,
          validatedById: actor.personId,
        },
      });
      await tx.decision.update({ where: { id: decision.id }, data: { state: 'validated' } });
      note(audit, number > 1 ? 'decision.amend' : 'decision.validate', decision.id, own, { number });
      return { number };
    },
  );
  tell(actor, facts, agendaItemId, decisionId, version, null);
  return result;
}

/** Opens an amendment: the last version becomes a draft again. What was validated stays as it is. */
export async function startAmendment(actor: AuthenticatedActor, agendaItemId: string): Promise<void> {
  const { facts, decisionId, version } = await change(
    actor,
    agendaItemId,
    'decision.validate',
    async (tx, decision, audit, own) => {
      if (decision.state !== 'validated') throw new AppError('state_conflict');
      await tx.decision.update({ where: { id: decision.id }, data: { state: 'draft' } });
      note(audit, 'decision.open-amendment', decision.id, own);
      return {};
    },
  );
  tell(actor, facts, agendaItemId, decisionId, version, null);
}

/** One change of a decision, under its row's lock, so that two writers take turns. */
async function change<T>(
  actor: AuthenticatedActor,
  agendaItemId: string,
  action: 'decision.write' | 'decision.validate',
  work: (
    tx: Tx,
    decision: Awaited<ReturnType<typeof openDecision>>,
    audit: Audit,
    facts: Facts,
  ) => Promise<T>,
): Promise<{ result: T; facts: Facts; decisionId: string; version: number }> {
  return withAudit(actor, async (tx, audit) => {
    const facts = await decisionFacts(tx, agendaItemId);
    authorise(actor, action, facts);
    const { id } = await openDecision(tx, agendaItemId);
    await tx.$queryRaw`SELECT 1 FROM "Decision" WHERE id = ${id}::uuid FOR UPDATE`;
    const decision = await tx.decision.findUniqueOrThrow({ where: { id } });
    const result = await work(tx, decision, audit, facts);
    const version = decision.version + 1;
    await tx.decision.update({ where: { id }, data: { version } });
    return { result, facts, decisionId: id, version };
  });
}

function note(
  audit: Audit,
  action: string,
  decisionId: string,
  facts: Facts,
  details: Record<string, string | number> = {},
): void {
  const entry = { action, resourceType: 'decision', resourceId: decisionId, caseId: facts.caseId, details };
  for (const row of ofBothCentres(entry, centresOf(facts))) audit(row);
}

function tell(
  actor: AuthenticatedActor,
  facts: Facts,
  agendaItemId: string,
  decisionId: string,
  version: number,
  field: string | null,
): void {
  notify(facts.sessionId, {
    type: 'decision.changed',
    agendaItemId,
    decisionId,
    version,
    field,
    by: actor.personId,
    byName: actor.displayName,
  });
}
