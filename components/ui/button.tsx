import type { ComponentProps } from 'react';

const looks = {
  primary:
    'bg-teal-800 text-white hover:bg-teal-900 disabled:bg-slate-300 disabled:text-slate-600 dark:bg-teal-700 dark:hover:bg-teal-600 dark:disabled:bg-neutral-700 dark:disabled:text-neutral-300',
  plain:
    'border border-slate-300 bg-white text-slate-800 hover:bg-slate-100 disabled:text-slate-500 dark:border-neutral-600 dark:bg-neutral-900 dark:text-neutral-100 dark:hover:bg-neutral-800 dark:disabled:text-neutral-400',
  quiet:
    'text-slate-700 hover:bg-slate-100 disabled:text-slate-400 dark:text-neutral-200 dark:hover:bg-neutral-800 dark:disabled:text-neutral-500',
  danger: 'border border-red-700 bg-white text-red-800 hover:bg-red-50',
  dark: 'border border-neutral-600 bg-neutral-900 text-neutral-100 hover:bg-neutral-800 disabled:text-neutral-500',
} as const;

export type ButtonLook = keyof typeof looks;

export const buttonClass = (look: ButtonLook = 'plain', extra = ''): string =>
  `inline-flex min-h-8 cursor-pointer items-center justify-center gap-1.5 rounded-md px-3 py-1 text-sm font-medium whitespace-nowrap disabled:cursor-not-allowed ${looks[look]} ${extra}`;

/** A button; `type` is `button` unless told, so that none submits a form by accident. */
export function Button({
  look = 'plain',
  className = '',
  type = 'button',
  ...props
}: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type={type} className={buttonClass(look, className)} {...props} />;
}
