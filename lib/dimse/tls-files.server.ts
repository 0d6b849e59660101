import fs from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env.ts';

export type TlsFiles = { key: string; cert: string; ca: string };

/** Where the operator puts this node's key, its certificate and the authorities that sign its partners', as PEM. */
export const tlsFolder = (): string =>
  path.join(process.env.DATA_DIR ? path.resolve(process.env.DATA_DIR) : env().DATA_DIR, 'tls');

/** The three files; undefined when none is there. Throws an Error with one clear line when only some are. */
export async function readTlsFiles(folder = tlsFolder()): Promise<TlsFiles | undefined> {
  const names = ['server.key', 'server.crt', 'ca.crt'];
  const [key, cert, ca] = await Promise.all(
    names.map((name) =>
      fs.readFile(path.join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      }),
    ),
  );
  if (key !== undefined && cert !== undefined && ca !== undefined) return { key, cert, ca };
  if (key === undefined && cert === undefined && ca === undefined) return undefined;
  throw new Error(`${folder} must hold ${names.join(', ')}, or none of them`);
}
