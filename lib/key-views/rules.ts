import { type Actor, type CaseFacts, can } from '@/lib/auth/policy.ts';

/** Key views are renamed and deleted by who saved them, while they see the case, and by who edits the case. */
export const mayChangeKeyView = (actor: Actor, facts: CaseFacts, authorId: string): boolean =>
  can(actor, 'case.edit', facts) || (actor.personId === authorId && can(actor, 'case.annotate', facts));
