// Small optimisers for training: logistic regression and a coarse search. Knows numbers only.

/** Weights of a logistic regression with L2 penalty, by Adam on the full batch; deterministic. */
export function fitLogistic(
  rows: { x: number[]; right: boolean; weight: number }[],
  penalty: number,
  rounds = 600,
): { bias: number; weights: number[] } {
  const width = rows[0]?.x.length ?? 0;
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const theta = new Float64Array(width + 1);
  const first = new Float64Array(width + 1);
  const second = new Float64Array(width + 1);
  for (let round = 1; round <= rounds; round++) {
    const slope = new Float64Array(width + 1);
    for (const { x, right, weight } of rows) {
      let z = theta[width]!;
      for (let at = 0; at < width; at++) z += theta[at]! * x[at]!;
      const gap = (weight * (1 / (1 + Math.exp(-z)) - Number(right))) / total;
      for (let at = 0; at < width; at++) slope[at]! += gap * x[at]!;
      slope[width]! += gap;
    }
    for (let at = 0; at <= width; at++) {
      if (at < width) slope[at]! += penalty * theta[at]!;
      first[at] = 0.9 * first[at]! + 0.1 * slope[at]!;
      second[at] = 0.999 * second[at]! + 0.001 * slope[at]! ** 2;
      const step = first[at]! / (1 - 0.9 ** round) / (Math.sqrt(second[at]! / (1 - 0.999 ** round)) + 1e-9);
      theta[at]! -= (round > rounds * 0.7 ? 0.02 : 0.1) * step;
    }
  }
  return { bias: theta[width]!, weights: [...theta.subarray(0, width)] };
}

/** Coordinate search: each setting in turn takes the candidate value with the highest gain, twice round. */
export function search<Settings extends Record<string, number>>(
  start: Settings,
  values: { [Name in keyof Settings]: readonly number[] },
  gain: (settings: Settings) => number,
): Settings {
  let best = start;
  let most = gain(start);
  for (let round = 0; round < 2; round++) {
    for (const name of Object.keys(values)) {
      for (const value of values[name]!) {
        if (best[name] === value) continue;
        const tried = { ...best, [name]: value };
        const reached = gain(tried);
        if (reached > most + 1e-4) {
          best = tried;
          most = reached;
        }
      }
    }
  }
  return best;
}
