// A bot that only says back what it hears, on the SDK of the helpdesk: what that SDK costs by itself.

import { Application, TeamsAdapter, type TurnState } from '@microsoft/teams-ai';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import express from 'express';
import { listen } from '../src/adapters/http/server.ts';

const adapter = new TeamsAdapter({}, new ConfigurationServiceClientCredentialFactory({}));
const bot = new Application<TurnState>({});
bot.activity('message', async (context) => {
  await context.sendActivity(`echo: ${context.activity.text}`);
});
const server = express();
server.get('/readyz', (_request, response) => void response.json({ status: 'ready' }));
server.post('/api/messages', express.json(), (request, response) =>
  adapter.process(request, response, async (context) => void (await bot.run(context))),
);
const { port } = await listen(server, 0, '127.0.0.1');
console.log(`http://127.0.0.1:${port}`);
process.once('SIGTERM', () => process.exit(0));
