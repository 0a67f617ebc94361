// Has a deployment of Azure OpenAI write one text. Knows its protocol; neither the question nor what is done with the text.

import { z } from 'zod/v4';
import type { LanguageModel } from '../../app/ports.ts';
import { post } from './post.ts';

/** `key` opens a stand-in on this machine; without it the managed identity of this app asks for a token. */
export type ModelSettings = { endpoint: string; deployment: string; key?: string; identity?: string };

/** https://learn.microsoft.com/azure/ai-foundry/openai/latest : "finish_reason" is "length" or "content_filter" when cut. */
const answered = z.object({
  choices: z.tuple(
    [z.object({ finish_reason: z.literal('stop'), message: z.object({ content: z.string().min(1) }) })],
    z.unknown(),
  ),
});
const SCOPE = 'https://cognitiveservices.azure.com/.default';
/** About 2,000 characters of Dutch. */
const MOST_TOKENS = 700;
const MOST_BYTES = 64_000;

/** No tools and one choice: whatever stands in a question or an item, all that can come back is text. */
export function createLanguageModel({ endpoint, deployment, key, identity }: ModelSettings): LanguageModel {
  const url = `${endpoint.replace(/\/+$/, '')}/openai/v1/chat/completions`;
  const credential = key === undefined ? tokens(identity) : undefined;
  return {
    write: async (instructions, input, signal) => {
      const headers: Record<string, string> = credential
        ? { authorization: `Bearer ${await credential(signal)}` }
        : { 'api-key': key! };
      const body = {
        model: deployment,
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: input },
        ],
        max_completion_tokens: MOST_TOKENS,
        n: 1,
        store: false,
      };
      const parsed = answered.safeParse(await post({ url, headers, body, most: MOST_BYTES, signal }));
      if (!parsed.success) throw new Error('the language model gave no whole text');
      return parsed.data.choices[0].message.content;
    },
  };
}

/** Loaded when the first draft is asked for: who drafts nothing does not load the library. */
function tokens(clientId: string | undefined): (signal: AbortSignal) => Promise<string> {
  let credential: Promise<import('@azure/identity').ManagedIdentityCredential> | undefined;
  return async (abortSignal) => {
    credential ??= import('@azure/identity').then(
      ({ ManagedIdentityCredential }) => new ManagedIdentityCredential(clientId ? { clientId } : {}),
    );
    return (await (await credential).getToken(SCOPE, { abortSignal })).token;
  };
}
