/** Whether a hand holds a viewport: Cornerstone's own tools move it only then, and what moves it otherwise was nobody. */
export class Holding {
  private fingers = 0;
  private frames = 0;

  /** A pointer or a finger went down on it. */
  takes(): void {
    this.fingers += 1;
    if (this.fingers > 1) return;
    window.addEventListener('pointerup', this.left);
    window.addEventListener('pointercancel', this.left);
  }

  get holds(): boolean {
    return this.fingers > 0 || this.frames > 0;
  }

  private readonly left = (): void => {
    this.fingers -= 1;
    if (this.fingers > 0) return;
    window.removeEventListener('pointerup', this.left);
    window.removeEventListener('pointercancel', this.left);
    // What the last movement asked for is painted with the next frame, and told by the one after it at the latest.
    this.frames = 2;
    const pass = () => {
      this.frames -= 1;
      if (this.frames > 0) requestAnimationFrame(pass);
    };
    requestAnimationFrame(pass);
  };
}
