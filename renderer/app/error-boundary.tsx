// Catches our own mistakes in drawing: the clerk sees a sentence and a way on, the log gets the words. Nothing is lost by it.
import { Component, type ReactNode } from 'react';
import type { DeskApi } from '../../preload/contract/desk-api';
import { testIds } from './test-ids';

interface ErrorBoundaryProps {
  readonly api: DeskApi;
  readonly title: string;
  readonly about: string;
  readonly again: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly broken: boolean;
}

/** The last net under the screens. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { broken: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    const message = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
    void this.props.api.app.report({ where: 'drawing', message: message.slice(0, 4000) });
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="crash" role="alert" data-testid={testIds.crash}>
        <h1>{this.props.title}</h1>
        <p>{this.props.about}</p>
        <button
          type="button"
          className="button button-filled"
          onClick={() => this.setState({ broken: false })}
        >
          {this.props.again}
        </button>
      </div>
    );
  }
}
