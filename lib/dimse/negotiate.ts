import { isNative } from '@/lib/dicom/uids.ts';
import { type Context, MAX_PDU_LENGTH } from './association.server.ts';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from './identity.ts';
import {
  APPLICATION_CONTEXT,
  type AssociateAccept,
  type AssociateRequest,
  type ProposedContext,
} from './pdu.ts';
import { FIND, GET, isStorageClass, MOVE, rootOf, VERIFICATION } from './sop-classes.ts';

/** What the caller may do here. */
export type Rights = { mayStore: boolean; mayQuery: boolean; mayRetrieve: boolean };

const ACCEPTED = 0;
const USER_REJECTION = 1;
const ABSTRACT_SYNTAX = 3;
const TRANSFER_SYNTAXES = 4;

/**
 * Our answer to a request for an association: of each context the first transfer syntax that we take. Objects are
 * taken in any, as they are; identifiers only in those without compression.
 */
export function negotiate(
  request: AssociateRequest,
  rights: Rights,
): { accept: AssociateAccept; contexts: Context[] } {
  const roles = new Map(request.user.roles.map((role) => [role.sopClassUid, role]));
  const contexts: Context[] = [];
  const answers = request.contexts.map((proposed) => {
    const role = roles.get(proposed.abstractSyntax) ?? { scu: true, scp: false };
    const result = verdict(proposed, rights, role.scp);
    const transferSyntax = chosen(proposed);
    if (result !== ACCEPTED)
      return { id: proposed.id, result, transferSyntax: proposed.transferSyntaxes[0] ?? '' };
    if (transferSyntax === undefined) {
      return {
        id: proposed.id,
        result: TRANSFER_SYNTAXES,
        transferSyntax: proposed.transferSyntaxes[0] ?? '',
      };
    }
    const { id, abstractSyntax } = proposed;
    const storage = isStorageClass(abstractSyntax);
    contexts.push({
      id,
      abstractSyntax,
      transferSyntax,
      mayRequest: storage && role.scp && rights.mayRetrieve,
      mayPerform: storage ? role.scu && rights.mayStore : true,
    });
    return { id, result, transferSyntax };
  });
  return {
    contexts,
    accept: {
      calledAeTitle: request.calledAeTitle,
      callingAeTitle: request.callingAeTitle,
      applicationContext: APPLICATION_CONTEXT,
      contexts: answers,
      user: {
        maxLength: MAX_PDU_LENGTH,
        implementationClassUid: IMPLEMENTATION_CLASS_UID,
        implementationVersion: IMPLEMENTATION_VERSION,
        roles: agreedRoles(request, rights, contexts),
      },
    },
  };
}

function verdict(proposed: ProposedContext, rights: Rights, peerReceives: boolean): number {
  const uid = proposed.abstractSyntax;
  if (uid === VERIFICATION) return ACCEPTED;
  if (rootOf(FIND, uid)) return rights.mayQuery ? ACCEPTED : USER_REJECTION;
  if (rootOf(MOVE, uid) || rootOf(GET, uid)) return rights.mayRetrieve ? ACCEPTED : USER_REJECTION;
  if (!isStorageClass(uid)) return ABSTRACT_SYNTAX;
  return rights.mayStore || (peerReceives && rights.mayRetrieve) ? ACCEPTED : USER_REJECTION;
}

function chosen({ abstractSyntax, transferSyntaxes }: ProposedContext): string | undefined {
  return isStorageClass(abstractSyntax)
    ? transferSyntaxes.find((uid) => uid !== '')
    : transferSyntaxes.find(isNative);
}

/** A role is answered only where it was asked for (PS3.7 D.3.3.4). */
function agreedRoles(request: AssociateRequest, rights: Rights, contexts: readonly Context[]) {
  const agreed = new Set(contexts.map(({ abstractSyntax }) => abstractSyntax));
  return request.user.roles
    .filter(({ sopClassUid }) => agreed.has(sopClassUid))
    .map(({ sopClassUid, scu, scp }) => ({
      sopClassUid,
      scu: scu && rights.mayStore,
      scp: scp && rights.mayRetrieve,
    }));
}
