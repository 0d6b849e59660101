const KEY = 'consilium.room.chime';

/** Whether this person wants to hear it; to be asked in the browser only. */
export const chimeIsOn = (): boolean => localStorage.getItem(KEY) === 'on';
export const keepChime = (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off');

/** Two short soft tones, rising for who comes, falling for who leaves. Without a sound device nothing happens. */
export function ring(comes: boolean): void {
  const context = new AudioContext();
  const tones = comes ? [523.25, 659.25] : [659.25, 523.25];
  tones.forEach((hertz, index) => {
    const start = context.currentTime + index * 0.12;
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(0.05, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.25);
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.26);
    if (index === tones.length - 1) tone.onended = () => void context.close();
  });
}
