import type { Roles } from '../domain/authorisation.ts';
import type { Message } from './ports.ts';
import type { App } from './tickets.ts';

export async function statisticsMessage(_app: App, _roles: Roles): Promise<Message> {
  return { summary: '', text: 'schooljaar' };
}
