import { Button } from '@mantine/core';
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '../api/problem';
import { useT } from '../i18n';
import classes from './ui.module.css';

export function State(props: {
  icon: ReactNode;
  title: string;
  tone?: 'neutral' | 'bad';
  children?: ReactNode;
  actions?: ReactNode;
  /** Whether it stands in place of the page, and so is its heading. */
  page?: boolean;
}) {
  const Title = props.page ? 'h1' : 'h2';
  return (
    <div className={classes.state}>
      <div className={classes.stateIcon} data-tone={props.tone ?? 'neutral'}>
        {props.icon}
      </div>
      <Title className={classes.stateTitle}>{props.title}</Title>
      {props.children}
      {props.actions !== undefined && <div className={classes.stateActions}>{props.actions}</div>}
    </div>
  );
}

export function StateText(props: { children: ReactNode }) {
  return <p className={classes.stateText}>{props.children}</p>;
}

/** What failed, why, and the request's id for whoever is asked about it. */
export function ErrorState(props: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  const problem = props.error instanceof ApiProblem ? props.error : undefined;
  const why = problem?.status === 0 ? t('state.error.offline') : (problem?.detail ?? t('state.error.text'));
  return (
    <div role="alert">
      <State
        tone="bad"
        icon={<IconPlugConnectedX size={22} stroke={1.6} aria-hidden="true" />}
        title={problem?.title ?? t('state.error.title')}
        actions={props.onRetry && <Button onClick={props.onRetry}>{t('action.retry')}</Button>}
      >
        <StateText>{why}</StateText>
        {problem?.requestId !== undefined && (
          <p className={classes.stateMeta}>{t('state.error.request', { id: problem.requestId })}</p>
        )}
      </State>
    </div>
  );
}

export function MissingRecord(props: { listPath: string }) {
  const t = useT();
  return (
    <State
      icon={<IconLock size={22} stroke={1.6} aria-hidden="true" />}
      title={t('record.missing.title')}
      actions={
        <Button component={Link} to={props.listPath}>
          {t('record.backToList')}
        </Button>
      }
    >
      <StateText>{t('record.missing.text')}</StateText>
    </State>
  );
}

const PATIENCE_MS = 200;

/** Shows its children only when waiting has become noticeable. */
export function AfterPatience(props: { children: ReactNode }) {
  const t = useT();
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return waited ? (
    <div role="status" aria-label={t('state.loading')}>
      {props.children}
    </div>
  ) : null;
}

export function Bone(props: { width: number }) {
  return <div className={classes.bone} style={{ width: props.width }} />;
}
