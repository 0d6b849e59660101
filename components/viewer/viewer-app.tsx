'use client';

import type { ViewerProps } from './contract.ts';

export function ViewerApp(_props: ViewerProps) {
  return <div className="h-full bg-black" />;
}
