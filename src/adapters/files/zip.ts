// Unpacks parts of a zip within limits. Knows no meaning of any part; the only importer of fflate.

import { unzipSync, zipSync } from 'fflate';
import { locale } from '../../locale/locale.ts';
import { DocumentError } from './document-error.ts';

const MOST_PARTS = 5_000;
const MOST_UNPACKED = 100 * 1024 * 1024;

export type Parts = Record<string, Uint8Array>;

/**
 * The parts whose name `wanted` accepts. A part is never unpacked beyond the size its directory entry promises, and the
 * promises together are bounded by `most` bytes, so a bomb costs nothing. Throws DocumentError when it is one, or broken.
 */
export function unzip(bytes: Uint8Array, wanted: (name: string) => boolean, most = MOST_UNPACKED): Parts {
  let parts = 0;
  let promised = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++parts > MOST_PARTS) throw new DocumentError(locale.material.refused.bomb);
        if (!wanted(name)) return false;
        promised += originalSize;
        if (promised > most) throw new DocumentError(locale.material.refused.bomb);
        return true;
      },
    });
  } catch (error) {
    throw error instanceof DocumentError ? error : new DocumentError(locale.material.refused.broken);
  }
}

/** The names in a zip, without unpacking anything. Throws DocumentError as `unzip` does. */
export function namesIn(bytes: Uint8Array): Set<string> {
  const names = new Set<string>();
  unzip(bytes, (name) => {
    names.add(name);
    return false;
  });
  return names;
}

/** The earliest day that a zip knows: the same parts are the same bytes, whenever they are put together. */
const LONG_AGO = new Date(1980, 0, 1);

/** A zip of these parts, not compressed. */
export const zip = (parts: Parts): Uint8Array => zipSync(parts, { level: 0, mtime: LONG_AGO });
