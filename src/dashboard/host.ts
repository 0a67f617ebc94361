// Where the page lives: a tab in Teams, which has a theme and a sign-in, or a browser on this machine. Knows no figure.

export type Theme = 'light' | 'dark' | 'contrast';
export type Host = {
  theme: () => Theme;
  /** Calls back when the theme changes; the returned function stops that. */
  onTheme: (changed: () => void) => () => void;
  /** The token of whoever looks, or undefined where the server asks for none. Rejects when nobody is signed in. */
  token: () => Promise<string | undefined>;
  /** Signs in again, with a window of the host when that is needed. */
  signIn: () => Promise<void>;
};

const OF_TEAMS: Record<string, Theme> = { dark: 'dark', contrast: 'contrast', glass: 'dark' };
/** Teams answers at once; a page in another frame never does. */
const HOST_MS = 5_000;

export async function connectHost(): Promise<Host> {
  return window.parent === window ? browser() : teams();
}

/** The theme of the system, or the one in `?weergave=`, so that it can be looked at without Teams. */
function browser(): Host {
  const asked = new URLSearchParams(location.search).get('weergave');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(forced-colors: active)');
  const theme = (): Theme => {
    if (asked === 'light' || asked === 'dark' || asked === 'contrast') return asked;
    if (contrast.matches) return 'contrast';
    return dark.matches ? 'dark' : 'light';
  };
  return {
    theme,
    onTheme: (changed) => {
      for (const query of [dark, contrast]) query.addEventListener('change', changed);
      return () => {
        for (const query of [dark, contrast]) query.removeEventListener('change', changed);
      };
    },
    token: async () => undefined,
    signIn: async () => undefined,
  };
}

async function teams(): Promise<Host> {
  const { app, authentication } = await import('@microsoft/teams-js');
  let theme: Theme = 'light';
  const listeners = new Set<() => void>();
  const set = (name: string | undefined): void => {
    theme = OF_TEAMS[name ?? ''] ?? 'light';
    for (const changed of listeners) changed();
  };
  await within(app.initialize(), HOST_MS);
  app.registerOnThemeChangeHandler(set);
  set((await app.getContext()).app.theme);
  app.notifySuccess();
  return {
    theme: () => theme,
    onTheme: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    token: () => authentication.getAuthToken(),
    signIn: async () => {
      await authentication.getAuthToken({ silent: false });
    },
  };
}

function within<T>(task: Promise<T>, ms: number): Promise<T> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer of the host')), ms));
  return Promise.race([task, late]);
}
