import { COMMAND } from './command-set.ts';
import { answer, checkStatus, contextOf, NATIVE_SYNTAXES, within } from './exchange.server.ts';
import type { DicomPeer } from './peer.ts';
import { requestAssociation } from './request-association.server.ts';
import { VERIFICATION } from './sop-classes.ts';

/** C-ECHO (PS3.7 9.1.5): whether the other node answers us. Throws DimseError. */
export async function echo(peer: DicomPeer, signal?: AbortSignal): Promise<void> {
  const association = await requestAssociation(
    peer,
    [{ abstractSyntax: VERIFICATION, transferSyntaxes: NATIVE_SYNTAXES }],
    { signal },
  );
  await within(
    association,
    async () => {
      const { id } = contextOf(association, VERIFICATION);
      await association.send(id, {
        commandField: COMMAND.echoRq,
        affectedSopClassUid: VERIFICATION,
        messageId: association.nextMessageId(),
        hasDataSet: false,
      });
      checkStatus((await answer(association)).command);
    },
    signal,
  );
}
