import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useT } from '../i18n';
import { State, StateText } from '../ui/states';

function Stopped() {
  const t = useT();
  return (
    <div role="alert">
      <State
        tone="bad"
        icon={<IconAlertTriangle size={22} stroke={1.6} aria-hidden="true" />}
        title={t('state.error.app')}
        actions={<Button onClick={() => window.location.reload()}>{t('state.reload')}</Button>}
      >
        <StateText>{t('state.error.appText')}</StateText>
      </State>
    </div>
  );
}

/** A page that breaks leaves the rest of the application standing. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Stopped /> : this.props.children;
  }
}
