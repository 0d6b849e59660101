import type { Actor } from '@/lib/auth/policy.ts';
import type { Association, Message } from './association.server.ts';
import type { CommandSet } from './command-set.ts';
import type { DicomPeer } from './peer.ts';

export type AdmittedNode = {
  centreId: string;
  aeTitle: string;
  mayStore: boolean;
  mayQuery: boolean;
  mayRetrieve: boolean;
  /** Set where it may bring only what it was asked for, and only as long as it is. */
  wanted?: (studyUid: string) => boolean | Promise<boolean>;
};
export type Caller = { kind: 'node'; node: AdmittedNode } | { kind: 'quarantine'; centreId: string };
export type Admission = Caller | { kind: 'refuse' };

/** Where a C-MOVE for a centre may send to. */
export type FindDestination = (
  aeTitle: string,
  forCentreId: string,
) => Promise<DicomPeer | undefined> | DicomPeer | undefined;

/** An association that was accepted, and on whose behalf it acts. */
export type Session = {
  association: Association;
  caller: Caller;
  actor: Actor;
  centreId: string;
  callingAeTitle: string;
  ownAeTitle: string;
  destination: FindDestination;
};

/** A node acts for its centre: the policy sees a physicist of it who is no person. */
export function nodeActor(centreId: string, aeTitle: string): Actor {
  return {
    personId: null,
    displayName: `AE ${aeTitle}`,
    memberships: [{ centreId, role: 'physicist', specialty: null }],
    locale: 'en',
    door: 'dimse',
  };
}

/** The response to a request, as PS3.7 wants it: same SOP class and instance, the request's message ID. */
export function responseTo(request: CommandSet, status: number, more: Partial<CommandSet> = {}): CommandSet {
  const { affectedSopClassUid, affectedSopInstanceUid } = request;
  return {
    commandField: request.commandField | 0x8000,
    ...(affectedSopClassUid !== undefined && { affectedSopClassUid }),
    ...(affectedSopInstanceUid !== undefined && { affectedSopInstanceUid }),
    respondedTo: request.messageId ?? 0,
    status,
    hasDataSet: false,
    ...more,
  };
}

/** Ends what a message asked for: says the status that it ended with. */
export const enderOf =
  ({ association }: Session, { command, contextId }: Message) =>
  (status: number, more: Partial<CommandSet> = {}): Promise<void> =>
    association.send(contextId, responseTo(command, status, more));
