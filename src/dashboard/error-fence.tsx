// Catches what no block should throw, so that a fault shows a sentence instead of an empty page. Knows no figure.

import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { pageWords } from '../locale/page-words.ts';

export class ErrorFence extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="alone" role="alert">
        <p>{pageWords.status.broken}</p>
        <Button appearance="primary" onClick={() => location.reload()}>
          {pageWords.status.reload}
        </Button>
      </main>
    );
  }
}
