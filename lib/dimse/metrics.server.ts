import { Counter, Gauge, register } from 'prom-client';

/** Next's copy of this module shares the registry: a figure is registered once. */
const counter = (name: string, help: string, labelNames: string[]): Counter<string> =>
  (register.getSingleMetric(name) as Counter<string> | undefined) ?? new Counter({ name, help, labelNames });

export const associations =
  (register.getSingleMetric('consilium_dicom_associations') as Gauge | undefined) ??
  new Gauge({ name: 'consilium_dicom_associations', help: 'DICOM connections that are open' });
export const rejected = counter(
  'consilium_dicom_rejected_total',
  'DICOM associations that were rejected, by why',
  ['why'],
);
export const answered = counter(
  'consilium_dicom_stored_total',
  'C-STORE requests by the status that answered them',
  ['status'],
);
