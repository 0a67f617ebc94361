// The annual report of a school year: whether there is one, and what it is made of. Knows no chapter and no file format.

import { openTables } from '../../domain/small-cells.ts';
import { no, type Result, type SchoolYear, type ServiceId, yes } from '../../domain/terms.ts';
import { schoolYearRange } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Ports } from '../ports.ts';
import { impacts } from '../topics/impacts.ts';
import type { Sources } from '../topics/topic-reader.ts';
import { topics } from '../topics/topics.ts';
import { annualReport } from './annual-chapters.ts';
import { demonstrationIn, directoryFor } from './demonstration.ts';
import type { Document } from './document.ts';
import { wholesOf } from './names.ts';

const words = locale.report.annual;

/**
 * The report of a school year that has begun and of which there is something to tell; otherwise why not, in Dutch. Of all
 * services, which is for the quality team, or of these; `inGroups` for whoever has no quality role.
 */
export async function prepareAnnualReport(
  app: Sources & Pick<Ports, 'measures'>,
  schoolYear: SchoolYear,
  { services: wanted, inGroups = false }: { services?: readonly ServiceId[]; inGroups?: boolean } = {},
): Promise<Result<Document, string>> {
  if (schoolYearRange(schoolYear).from > app.clock.now()) return no(words.refused.future(schoolYear));
  const within = wanted ? { services: wanted } : {};
  const measured = await app.measures.figures({ schoolYear, ...within });
  const { questions: asked, sessions: held } = measured.figures;
  if (asked.total === 0 && held.sessions === 0) return no(words.refused.nothing(schoolYear));
  const content = await directoryFor(app.store, app.knowledge.content());
  const few = asked.total > 0 && !openTables(measured.figures, wholesOf(content));
  if (few) return no(words.refused.few(schoolYear));
  const found = await topics(app, 'operator', { schoolYear, ...within }, Number.POSITIVE_INFINITY);
  const about = { recurring: found?.recurring ?? [], followed: found?.followed ?? [] };
  const done = await impacts(app, wanted ?? 'all', schoolYear, Number.POSITIVE_INFINITY);
  const demonstration = (await demonstrationIn(app.store)) !== undefined;
  const services = content.services.filter(({ id }) => wanted === undefined || wanted.includes(id));
  const given = { measured, services, inGroups, content, schoolYear, demonstration };
  return yes(annualReport({ ...given, topics: about, impacts: done.rows }));
}
