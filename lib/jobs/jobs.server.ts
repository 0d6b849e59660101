export async function startJobs(): Promise<{ stop: () => Promise<void> }> {
  return { stop: async () => undefined };
}
