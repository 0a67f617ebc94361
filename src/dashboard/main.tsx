// Where the page starts: theme and sign-in of its host around the dashboard. Knows no figure.

import {
  createDOMRenderer,
  FluentProvider,
  RendererProvider,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi } from './api.ts';
import { Dashboard } from './dashboard.tsx';
import { ErrorFence } from './error-fence.tsx';
import { connectHost, type Host } from './host.ts';

const THEMES = { light: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme };

/** The server writes the nonce of this answer here; Fluent's style elements carry it past the content policy. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="helpdesk-page"]')?.content ?? '';
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });

function Page({ host }: { host: Host }) {
  const theme = useSyncExternalStore(host.onTheme, host.theme);
  return (
    <FluentProvider theme={THEMES[theme]} className="page" data-theme={theme}>
      <ErrorFence>
        <Dashboard api={api} signIn={host.signIn} />
      </ErrorFence>
    </FluentProvider>
  );
}

const host = await connectHost();
const api = createApi(host.token);
createRoot(document.getElementById('page')!).render(
  <RendererProvider renderer={renderer}>
    <Page host={host} />
  </RendererProvider>,
);
