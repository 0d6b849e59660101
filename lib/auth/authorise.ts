import { AppError } from '@/lib/errors.ts';
import { type Action, type Actor, can, type Resource } from './policy.ts';

/**
 * Throws unless the actor may. What one may not even read does not exist for one: `not_found`, so that an outsider
 * cannot tell a case that is there from one that is not. What one sees but may not change is `forbidden`.
 */
export function authorise(actor: Actor, action: Action, resource: Resource): void {
  if (can(actor, action, resource)) return;
  throw new AppError(readable(actor, resource) ? 'forbidden' : 'not_found');
}

function readable(actor: Actor, resource: Resource): boolean {
  switch (resource.kind) {
    case 'network':
      return true; // That there is one is no secret.
    case 'centre':
      return can(actor, 'centre.read', resource);
    case 'board':
      return can(actor, 'board.read', resource);
    case 'session':
      return can(actor, 'session.read', resource);
    case 'waiting':
      return can(actor, 'waiting.enter', resource);
    case 'case':
      return can(actor, 'case.read', resource);
    case 'study':
      return can(actor, 'study.read', resource);
    case 'decision':
      return can(actor, 'decision.read', resource);
  }
}
