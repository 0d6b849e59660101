import { z } from 'zod';
import { deidentifyOptionsSchema } from '@/lib/deidentify/schema.ts';

/** PS3.5 6.2, AE: 1 to 16 characters of the default repertoire without control characters and backslash, not only spaces. */
export const aeTitleSchema = z
  .string()
  .transform((value) => value.trim())
  .pipe(z.string().regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/));

/** A DNS name, an IPv4 or an IPv6 address; no scheme, no port. */
const hostSchema = z
  .string()
  .trim()
  .max(253)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/);

/** SHA-256 of a certificate as tools print it, with or without colons; kept as 64 lower-case hexadecimal digits. */
const fingerprintSchema = z
  .string()
  .transform((value) =>
    value
      .replace(/^sha-?256[ =:]*(fingerprint=)?/i, '')
      .replace(/[:\s]/g, '')
      .toLowerCase(),
  )
  .pipe(z.string().regex(/^$|^[0-9a-f]{64}$/));

const nodeFields = {
  name: z.string().trim().min(1).max(100),
  aeTitle: aeTitleSchema,
  host: hostSchema,
  port: z.coerce.number().int().min(1).max(65535),
  tls: z.boolean().default(false),
  certificateFingerprint: fingerprintSchema.default(''),
  /** What it may do here: bring objects, ask what there is, have objects sent. */
  mayStore: z.boolean().default(false),
  mayQuery: z.boolean().default(false),
  mayRetrieve: z.boolean().default(false),
  /** Whatever is sent there goes without the patient's identity (PS3.15 E). */
  deidentify: z.boolean().default(false),
};

export const createNodeSchema = z.object({ centreId: z.uuid(), ...nodeFields });
export type CreateNode = z.infer<typeof createNodeSchema>;

export const editNodeSchema = z.object({ ...nodeFields, version: z.number().int() });
export type EditNode = z.infer<typeof editNodeSchema>;

export const disableNodeSchema = z.object({ disabled: z.boolean(), version: z.number().int() });

/** A node as people choose one. What only its administrator needs is null for everybody else. */
export type NodeRow = {
  id: string;
  centreId: string;
  centreCode: string;
  name: string;
  aeTitle: string;
  lastEchoAt: string | null;
  /** Why the last C-ECHO failed, as one of `reasons`; empty when it was answered. */
  lastEchoProblem: string;
  disabled: boolean;
  /** Whether everything sent there is de-identified. */
  deidentifies: boolean;
  settings: {
    host: string;
    port: number;
    tls: boolean;
    certificateFingerprint: string;
    mayStore: boolean;
    mayQuery: boolean;
    mayRetrieve: boolean;
    version: number;
  } | null;
  may: { edit: boolean; query: boolean };
};

export const listenerSettingsSchema = z
  .object({ unknownCallers: z.enum(['refuse', 'quarantine']), centreId: z.uuid().nullable().default(null) })
  .refine((one) => (one.unknownCallers === 'quarantine') === (one.centreId !== null), {
    path: ['centreId'],
    message: 'a centre goes with quarantine, and with nothing else',
  });
export type ListenerSettings = z.infer<typeof listenerSettingsSchema>;
export type ListenerView = ListenerSettings & {
  /** Of the centre that keeps what unknown callers bring. */
  centreName: string;
  /** False while another centre keeps it: only its administrator ends that. */
  mayEdit: boolean;
};

/** A key's value: PS3.4 C.2.2.2 gives `*` and `?` their meaning; a backslash would make two values of it. */
const key = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\\\p{Cc}]*$/u)
    .default('');
const day = z
  .string()
  .regex(/^\d{8}$|^$/)
  .default('');

export const queryNodeSchema = z
  .object({
    patientName: key(64),
    patientId: key(64),
    accessionNumber: key(16),
    modality: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9_ ]{0,16}$/)
      .default(''),
    from: day,
    to: day,
  })
  .refine((query) => Object.values(query).some((value) => value.replace(/[*?]/g, '') !== ''), {
    path: ['patientName'],
    message: 'at least one key: a node is not asked for everything it holds',
  });
export type QueryNode = z.infer<typeof queryNodeSchema>;

/** A study as a node describes it (PS3.4 C.6.2.1.2). */
export type RemoteStudy = {
  studyInstanceUid: string;
  patientId: string;
  patientName: string;
  patientBirthDate: string;
  studyDate: string;
  description: string;
  accessionNumber: string;
  modalities: string[];
  /** Null where the node does not tell. */
  instanceCount: number | null;
  /** The study of the asking centre under the same UID, where there is one. */
  here: { id: string; instanceCount: number } | null;
};
export type QueryAnswer = { studies: RemoteStudy[]; truncated: boolean };

export const pullStudySchema = z.object({
  studyInstanceUid: z
    .string()
    .max(64)
    .regex(/^[0-9]+(\.[0-9]+)+$/),
  /** For people, in the list of transfers. */
  label: z.string().trim().max(300).default(''),
  instanceCount: z.number().int().nonnegative().nullable().default(null),
});
export type PullStudy = z.infer<typeof pullStudySchema>;

export const sendStudySchema = z.object({
  nodeId: z.uuid(),
  /** Without the patient's identity, even where the node does not ask for it. */
  deidentify: z.boolean().default(false),
});

/** How a push goes: as it is, or de-identified. In the transfer's row. */
export const transferOptionsSchema = z.object({ deidentify: deidentifyOptionsSchema.optional() });
export type TransferOptions = z.infer<typeof transferOptionsSchema>;

export const listTransfersSchema = z.object({ studyId: z.uuid().optional() });

export const transferStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type TransferState = (typeof transferStates)[number];

/** Why an attempt ended, or an echo failed. Stable; their sentences: messages `network.reasons.*`. */
export const reasons = [
  'connection_refused',
  'unreachable',
  'tls_failed',
  'association_rejected',
  'no_context',
  'timeout',
  'aborted',
  'protocol_error',
  'failed_status',
  'peer_out_of_resources',
  'objects_refused',
  'objects_kept_aside',
  'incomplete',
  'storage_full',
  'node_disabled',
  'study_gone',
  'internal',
] as const;
export type Reason = (typeof reasons)[number];

export type TransferRow = {
  id: string;
  centreCode: string;
  nodeName: string;
  direction: 'push' | 'pull';
  state: TransferState;
  studyId: string | null;
  label: string;
  /** Objects; 0 where the node did not tell how many there are. */
  total: number;
  sent: number;
  failed: number;
  attempts: number;
  reason: string | null;
  detail: string;
  requestedBy: string;
  deidentified: boolean;
  nextAttemptAt: string | null;
  createdAt: string;
  finishedAt: string | null;
  may: { retry: boolean; cancel: boolean };
};
