/** How much of something is done, as a bar. */
export function ProgressBar(props: { label: string; value: number; max: number; className?: string }) {
  const max = Math.max(props.max, 1);
  return (
    <progress
      aria-label={props.label}
      className={`appearance-none overflow-hidden rounded-full bg-slate-200 [&::-moz-progress-bar]:bg-teal-700 [&::-webkit-progress-bar]:bg-slate-200 [&::-webkit-progress-value]:bg-teal-700 ${props.className ?? 'h-2 w-full'}`}
      max={max}
      value={Math.min(props.value, max)}
    />
  );
}
