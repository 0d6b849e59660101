import { Association, type Context, MAX_PDU_LENGTH } from './association.server.ts';
import { connect } from './connect.server.ts';
import { DimseError } from './errors.ts';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from './identity.ts';
import {
  APPLICATION_CONTEXT,
  type AssociateReject,
  decodeAssociateAccept,
  decodeReject,
  encodeAssociateRequest,
  MAX_CONTEXTS,
  PDU,
  type ProposedContext,
} from './pdu.ts';
import type { DicomPeer } from './peer.ts';
import { DEFAULT_TIMES, type Times } from './times.ts';

export type ProposedService = {
  abstractSyntax: string;
  transferSyntaxes: string[];
  /** Set where this side wants to be sent objects (C-GET): role SCP of the storage class. */
  receive?: boolean;
};

const CLIENT_TIMES: Times = { ...DEFAULT_TIMES, idle: 180_000 };

/**
 * Opens an association. Throws DimseError: `no_context` when nothing was agreed, `association_rejected` with the
 * other side's reason, and what `connect` throws.
 */
export async function requestAssociation(
  peer: DicomPeer,
  services: readonly ProposedService[],
  options: { signal?: AbortSignal; times?: Times } = {},
): Promise<Association> {
  const { signal } = options;
  const socket = await connect(peer, signal);
  const association = new Association(socket, options.times ?? CLIENT_TIMES);
  const cancel = () => association.abort();
  signal?.addEventListener('abort', cancel);
  socket.once('close', () => signal?.removeEventListener('abort', cancel));
  const offered = services.slice(0, MAX_CONTEXTS);
  const proposed: ProposedContext[] = offered.map(({ abstractSyntax, transferSyntaxes }, index) => ({
    id: index * 2 + 1,
    abstractSyntax,
    transferSyntaxes,
  }));
  const receivers = new Set(offered.flatMap((one) => (one.receive ? one.abstractSyntax : [])));
  try {
    await association.write(
      encodeAssociateRequest({
        calledAeTitle: peer.aeTitle,
        callingAeTitle: peer.callingAeTitle,
        applicationContext: APPLICATION_CONTEXT,
        contexts: proposed,
        user: {
          maxLength: MAX_PDU_LENGTH,
          implementationClassUid: IMPLEMENTATION_CLASS_UID,
          implementationVersion: IMPLEMENTATION_VERSION,
          roles: [...receivers].map((sopClassUid) => ({ sopClassUid, scu: false, scp: true })),
        },
      }),
    );
    const { pdu, body } = await association.receivePdu();
    if (pdu === PDU.associateRj) throw rejection(decodeReject(body));
    if (pdu !== PDU.associateAc) throw new DimseError('protocol_error', 'no answer to the request');
    const accept = decodeAssociateAccept(body);
    const contexts = accept.contexts.flatMap(({ id, result, transferSyntax }): Context[] => {
      const context = proposed.find((one) => one.id === id);
      if (!context || result !== 0) return [];
      const { abstractSyntax } = context;
      const role = accept.user.roles.find((one) => one.sopClassUid === abstractSyntax);
      // Nodes that forget to answer the role send all the same.
      const mayPerform = receivers.has(abstractSyntax) && role?.scp !== false;
      return [{ id, abstractSyntax, transferSyntax, mayRequest: !receivers.has(abstractSyntax), mayPerform }];
    });
    association.establish(contexts, accept.user.maxLength);
    if (contexts.length === 0) {
      await association.release();
      throw new DimseError('no_context');
    }
    return association;
  } catch (error) {
    association.abort();
    if (signal?.aborted) throw new DimseError('cancelled');
    throw error;
  }
}

/** In words, because the numbers of table 9-21 say nothing to whoever looks after nodes. */
function rejection({ source, reason, result }: AssociateReject): DimseError {
  const words: Record<string, string> = {
    '1/2': 'application context not supported',
    '1/3': 'calling AE title not recognised',
    '1/7': 'called AE title not recognised',
    '2/2': 'protocol version not supported',
    '3/1': 'temporary congestion',
    '3/2': 'local limit exceeded',
  };
  const said = words[`${source}/${reason}`] ?? `source ${source}, reason ${reason}`;
  return new DimseError('association_rejected', result === 2 ? `${said}, transient` : said);
}
