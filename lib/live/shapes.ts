import { z } from 'zod';

// What messages and views are made of.

/** A DICOM UID, or what looks like one. */
export const uid = z.string().regex(/^[0-9.]{1,64}$/);
export const finite = z.number().finite();
/** A point in patient mm, or a direction. */
export const vec3 = z.tuple([finite, finite, finite]);
