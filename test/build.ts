// Builds the dashboard once before all tests, when it is older than its sources. Tests nothing.

import { buildDashboard } from '../src/build.ts';

export default async function setup(): Promise<void> {
  await buildDashboard();
}
