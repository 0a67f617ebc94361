// Every Dutch sentence that people see, put together from the rooms beside it. Knows no logic but number, date and list forms.

import { cases } from './cases.ts';
import { chat } from './chat.ts';
import { dashboard } from './dashboard.ts';
import { data } from './data.ts';
import { demonstration } from './demonstration.ts';
import { figures } from './figures.ts';
import { shortDay, tag } from './forms.ts';
import { importing } from './import.ts';
import { items } from './items.ts';
import { lint } from './lint.ts';
import { material } from './material.ts';
import { pages } from './pages.ts';
import { questions } from './questions.ts';
import { refusal, sessionRefusal } from './refusals.ts';
import { registration } from './registration.ts';
import { report } from './report.ts';
import { setUp } from './set-up.ts';
import { sheets } from './sheets.ts';
import { channel, outcome, state } from './terms.ts';
import { topics } from './topics.ts';
import { absenceWords, commands, lineWords } from './typed.ts';
import { upkeep } from './upkeep.ts';
import { wordings } from './wordings.ts';

export const nl = {
  /** BCP 47: what pages and documents say they are written in, and by which names are sorted. */
  tag,
  shortDay,
  refusal,
  sessionRefusal,
  outcome,
  state,
  channel,
  absenceWords,
  commands,
  lineWords,
  ...chat,
  ...questions,
  ...registration,
  ...figures,
  cases,
  dashboard,
  data,
  demonstration,
  import: importing,
  items,
  lint,
  material,
  pages,
  report,
  setUp,
  sheets,
  topics,
  upkeep,
  wordings,
};
