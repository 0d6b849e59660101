/**
 * A Recommended Display CIELab Value (PS3.3 C.10.7.1.1: L* 0 to 100, a* and b* -128 to 127, each over 0 to 65535, in
 * the profile connection space, white point D50) as an sRGB colour `#rrggbb`.
 */
export function cielabColour([l16, a16, b16]: readonly [number, number, number]): string {
  const l = (l16 / 65535) * 100;
  const a = (a16 / 65535) * 255 - 128;
  const b = (b16 / 65535) * 255 - 128;
  const fy = (l + 16) / 116;
  const x = 0.96422 * fromLab(fy + a / 500);
  const y = fromLab(fy);
  const z = 0.82521 * fromLab(fy - b / 200);
  // XYZ of D50 to linear sRGB, adapted by Bradford (ICC).
  return `#${[
    3.1338561 * x - 1.6168667 * y - 0.4906146 * z,
    -0.9787684 * x + 1.9161415 * y + 0.033454 * z,
    0.0719453 * x - 0.2289914 * y + 1.4052427 * z,
  ]
    .map(toByte)
    .join('')}`;
}

const fromLab = (t: number): number => (t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29));

function toByte(linear: number): string {
  const bounded = Math.max(0, Math.min(1, linear));
  const encoded = bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0');
}
