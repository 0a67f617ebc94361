// The page of the survey for who has a link: plain HTML without a script, for any browser. Knows no task and keeps nothing.

import express, { type Request, type Response, Router } from 'express';
import type { RateLimit } from '../../app/ports.ts';
import type { SurveyPage } from '../../app/questions/survey-link.ts';
import { locale } from '../../locale/locale.ts';
import { callerOf } from './caller.ts';
import { createPage, escapeHtml } from './plain-page.ts';

const send = createPage(`
p.soft, small { color: var(--soft); }
p.problem { color: var(--bad); font-weight: 600; }
fieldset { border: 0; margin: 0 0 1.25rem; padding: 0; min-width: 0; }
legend, label.above { font-weight: 600; padding: 0; margin-bottom: .4rem; display: block; }
.scale { display: grid; grid-template-columns: repeat(auto-fit, minmax(2.6rem, 1fr)); gap: .4rem; }
@media (max-width: 26rem) { .scale { grid-template-columns: repeat(4, 1fr); } }
.scale label { position: relative; display: block; }
.scale input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
.scale span { display: block; text-align: center; padding: .45rem 0; border: 1px solid var(--line); border-radius: .4rem; }
.scale input:checked + span { background: var(--fill); border-color: var(--fill); color: var(--on); font-weight: 700; }
.scale input:focus-visible + span { outline: 3px solid var(--fill); outline-offset: 2px; }
.ends { display: flex; justify-content: space-between; gap: 1rem; margin-top: .25rem; }
textarea { width: 100%; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: .4rem; padding: .5rem; }
button { font: inherit; font-weight: 600; color: var(--on); background: var(--fill); border: 0; border-radius: .4rem; padding: .6rem 1.4rem; cursor: pointer; }
button:focus-visible, textarea:focus-visible { outline: 3px solid var(--fill); outline-offset: 2px; }
@media (forced-colors: active) { .scale input:checked + span { outline: 2px solid Highlight; } }
`);

export type SurveyDoor = {
  open(token: string): Promise<SurveyPage>;
  fill(token: string, fields: Record<string, string>): Promise<SurveyPage>;
  /** How often one address may come. */
  limit: RateLimit;
};

/** Opening the page changes nothing, so that a preview of the link in a chat or mail does not use it up. */
export function surveyRouter({ open, fill, limit }: SurveyDoor): Router {
  const router = Router();
  const guarded = async (request: Request, response: Response, page: () => Promise<SurveyPage>): Promise<void> => {
    // The address is the key: the page must not be kept.
    response.set('Cache-Control', 'no-store');
    if ((await limit(callerOf(request))) !== 'fine') {
      send(response.status(429), html({ kind: 'closed', sentence: locale.surveyPage.tooFast }));
      return;
    }
    const shown = await page();
    const status = shown.kind === 'closed' ? 410 : shown.kind === 'form' && shown.problem ? 422 : 200;
    send(response.status(status), html(shown));
  };
  router.get('/bevraging/:token', (request, response) => guarded(request, response, () => open(request.params.token)));
  router.post('/bevraging/:token', express.urlencoded({ extended: false, limit: '16kb' }), (request, response) => {
    const fields = Object.fromEntries(
      Object.entries((request.body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    );
    return guarded(request, response, () => fill(request.params.token as string, fields));
  });
  return router;
}

function html(page: SurveyPage): { title: string; body: string } {
  const words = locale.surveyPage;
  if (page.kind === 'form') return { title: locale.survey.title, body: form(page) };
  const [title, sentence] =
    page.kind === 'thanks' ? [words.thanksTitle, words.thanks] : [locale.survey.title, page.sentence];
  return { title, body: `<p role="status">${escapeHtml(sentence)}</p>` };
}

function form({ survey, problem, given }: Extract<SurveyPage, { kind: 'form' }>): string {
  const words = locale.surveyPage;
  const scale = Array.from({ length: survey.scale }, (_, at) => at + 1);
  const items = survey.items.map(({ id, text }) => {
    const choices = scale.map((value) => {
      const checked = given?.scores[id] === value ? ' checked' : '';
      return `<label><input type="radio" name="score_${escapeHtml(id)}" value="${value}"${checked}><span>${value}</span></label>`;
    });
    return `<fieldset><legend>${escapeHtml(text)}</legend><div class="scale">${choices.join('')}</div>
<small class="ends"><span>1 = ${escapeHtml(survey.lowLabel)}</span><span>${survey.scale} = ${escapeHtml(survey.highLabel)}</span></small></fieldset>`;
  });
  return `<p class="soft">${escapeHtml(words.intro)}</p>
${problem ? `<p class="problem" role="alert">${escapeHtml(problem)}</p>` : ''}
<form method="post">
${items.join('\n')}
<label class="above" for="remark">${escapeHtml(locale.survey.remark)}</label>
<textarea id="remark" name="remark" rows="3" maxlength="2000">${escapeHtml(given?.remark ?? '')}</textarea>
<p><button type="submit">${escapeHtml(locale.survey.send)}</button></p>
</form>`;
}
