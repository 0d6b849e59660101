import path from 'node:path';
import { deidentify } from '@/lib/deidentify/deidentify.ts';
import type { DeidentifyOptions, Risk } from '@/lib/deidentify/schema.ts';
import { keptSecret } from '@/lib/kept-secret.server.ts';
import { storePaths } from './paths.server.ts';
import { type RewrittenBlob, rewriteBlob } from './rewrite-blob.server.ts';

let secret: Promise<Uint8Array> | undefined;

/**
 * What the pseudonyms of this installation are derived from. Kept beside the other secrets: with it lost, what was
 * given out before no longer matches what is given out after; with it known, pseudonyms can be tried out.
 */
export function deidentifySecret(): Promise<Uint8Array> {
  const file = path.join(path.dirname(storePaths().root), 'secrets', 'deidentify');
  secret ??= keptSecret(file).then((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
  secret.catch(() => {
    secret = undefined;
  });
  return secret;
}

export type DeidentifiedObject = RewrittenBlob & {
  /** What a person has to look at before it leaves; empty when nothing is left to see. */
  risks: Risk[];
};

/**
 * A stored object as it may leave, its pixels streamed: for an export as well as for sending it to a node.
 * @param file the object's blob
 * @param scope where its Patient ID is valid: the id of the centre that holds it
 * @throws DicomError for an object that cannot be rewritten
 */
export async function deidentifiedObject(
  file: string,
  options: DeidentifyOptions,
  key: Uint8Array,
  scope: string,
): Promise<DeidentifiedObject> {
  let risks: Risk[] = [];
  const rewritten = await rewriteBlob(file, (parsed) => {
    const done = deidentify(parsed, options, key, scope);
    risks = done.risks;
    return done.edits;
  });
  return { ...rewritten, risks };
}
