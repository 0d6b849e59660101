import path from 'node:path';
import { z } from 'zod';

/** The environment, by names that do not change; see README. An unusable value stops the boot with one line. */
const port = z.coerce.number().int().min(0).max(65535);
const flag = z.enum(['0', '1']).transform((value) => value === '1');

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .transform((dir) => path.resolve(dir)),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis://')
    .optional(),
  DICOM_PORT: port.default(11112),
  /** Opened only where DATA_DIR/tls holds a certificate. */
  DICOM_TLS_PORT: port.default(2762),
  DICOM_AET: z
    .string()
    .regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/, 'must be 1 to 16 printable ASCII characters without backslash')
    .default('CONSILIUM'),
  NEXTAUTH_URL: z.url().optional(),
  NEXTAUTH_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  DEMO: flag.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Env = Omit<z.infer<typeof schema>, 'DEMO'> & { DEMO: boolean };

const loopback = /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/;

/** Reads and checks an environment. Throws an Error whose message is one clear line. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Error(`Unusable environment: ${lines.join('; ')}`);
  }
  if (parsed.data.REDIS_URL && !parsed.data.DATABASE_URL)
    throw new Error(
      'Unusable environment: REDIS_URL needs DATABASE_URL: the processes of a room share one PostgreSQL',
    );
  return { ...parsed.data, DEMO: parsed.data.DEMO ?? loopback.test(parsed.data.HOST) };
}

let cached: Env | undefined;

/** The process's environment, read once. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
