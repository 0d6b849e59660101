/** Who came and who left since it was last told: somebody who did both did neither. */
export class Crossings {
  private readonly joined = new Map<string, string>();
  private readonly left = new Map<string, string>();

  constructor(private here: ReadonlyMap<string, string>) {}

  /** Everybody who is here now, names by person. */
  see(now: ReadonlyMap<string, string>): void {
    for (const [id, name] of now) if (!this.here.has(id) && !this.left.delete(id)) this.joined.set(id, name);
    for (const [id, name] of this.here) if (!now.has(id) && !this.joined.delete(id)) this.left.set(id, name);
    this.here = now;
  }

  get any(): boolean {
    return this.joined.size + this.left.size > 0;
  }

  /** Names in the order in which they came and left; empty again afterwards. */
  take(): { joined: string[]; left: string[] } {
    const told = { joined: [...this.joined.values()], left: [...this.left.values()] };
    this.joined.clear();
    this.left.clear();
    return told;
  }
}
