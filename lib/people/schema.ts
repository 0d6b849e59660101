import { z } from 'zod';

/** Specialties of the people who meet (the quorum counts different ones). Names: messages `specialty.*`. */
export const specialties = [
  'radiation_oncology',
  'medical_oncology',
  'surgery',
  'haematology',
  'nuclear_medicine',
  'radiology',
  'pathology',
  'medical_physics',
  'organ_specialist',
  'general_practice',
  'other',
] as const;
export type Specialty = (typeof specialties)[number];

export const roles = ['secretary', 'clinician', 'physicist', 'referrer', 'admin'] as const;

/** Of these roles a specialty may be known: it counts for a board's quorum. */
export const specialised: readonly string[] = ['clinician', 'physicist'] satisfies (typeof roles)[number][];

export const passwordSchema = z.string().min(12).max(200);

export const createTokenSchema = z.object({
  label: z.string().trim().max(100).default(''),
  days: z.number().int().min(1).max(3650).nullable().default(90),
});

export const updateAccountSchema = z.object({ locale: z.enum(['en', 'fr']).optional() });
export const changePasswordSchema = z.object({ current: z.string().max(200), next: passwordSchema });

export const addPersonSchema = z.object({
  centreId: z.uuid(),
  email: z.email().max(200),
  displayName: z.string().trim().min(1).max(200),
  role: z.enum(roles),
  specialty: z.enum(specialties).nullable().default(null),
  password: passwordSchema,
});

/** A centre's first administrator, and the centre itself when the network does not have it yet. */
export const addCentreAdminSchema = z.object({
  centre: z.string().regex(/^[A-Z0-9]{2,16}$/, 'a centre’s code is 2 to 16 capital letters and digits'),
  /** The centre's name; only a new centre needs one. */
  name: z.string().trim().min(1).max(200).optional(),
  email: z.email().max(200),
  displayName: z.string().trim().min(1).max(200).optional(),
});

export const editPersonSchema = z.object({ disabled: z.boolean(), version: z.number().int() });

/** What somebody is at one centre; each role once. */
export const setRolesSchema = z.object({
  centreId: z.uuid(),
  roles: z
    .array(z.object({ role: z.enum(roles), specialty: z.enum(specialties).nullable().default(null) }))
    .refine((all) => new Set(all.map(({ role }) => role)).size === all.length),
  version: z.number().int(),
});
export type SetRoles = z.infer<typeof setRolesSchema>;

/** Somebody of a centre, as its administrator sees them: memberships of administered centres only. */
export type PersonRow = {
  id: string;
  email: string;
  displayName: string;
  disabled: boolean;
  version: number;
  /** False for oneself and for an account that another centre made. */
  mayDisable: boolean;
  /** Oneself. */
  own: boolean;
  memberships: MembershipRow[];
  /** Has roles in other centres too, so that an account is left without those of here. */
  elsewhere: boolean;
};

export type MembershipRow = {
  role: (typeof roles)[number];
  specialty: Specialty | null;
  centreId: string;
  centreCode: string;
};

export type AccountToken = {
  id: string;
  label: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};

export type PersonSummary = {
  id: string;
  displayName: string;
  centres: { code: string; role: string; specialty: string | null }[];
};

export type CentreSummary = { id: string; code: string; name: string };

/** With whom a case or a study is shared: one person or one centre. */
export type Share = { id: string; name: string; personId: string | null; centreId: string | null };
