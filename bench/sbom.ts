// Writes the software bill of materials of what is delivered, as npm draws it from the lockfile, under our own name.

import { execSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

type Bill = { components: unknown[]; metadata: { component: { name: string } } };

const command = 'npm sbom --sbom-format cyclonedx --package-lock-only --omit dev';
const bill = JSON.parse(execSync(command, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })) as Bill;
// npm names the folder.
bill.metadata.component.name = (JSON.parse(readFileSync('package.json', 'utf8')) as { name: string }).name;
mkdirSync('dist', { recursive: true });
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(bill, null, 2)}\n`);
console.log(`${bill.components.length} components in dist/sbom.cdx.json (CycloneDX)`);
