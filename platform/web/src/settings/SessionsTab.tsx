import { Button } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { Confirmation } from '../ui/Confirmation';
import { ErrorState, State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import { end, listSignIns, type SignIn } from './sessions';
import classes from './settings.module.css';
import { useDeviceName } from './useDeviceName';

function SignInRow({ signIn, name, onEnd }: { signIn: SignIn; name: string; onEnd: () => void }) {
  const t = useT();
  const format = useFormat();
  const facts = [
    t('settings.since', { time: format.dateTime(signIn.createdAt, true) }),
    t('settings.lastUsed', { time: format.relative(signIn.lastUsedAt) }),
    ...(signIn.address === undefined ? [] : [t('settings.from', { address: signIn.address })]),
  ];
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span>
          <strong>{name}</strong> {signIn.current && <Tag>{t('settings.thisBrowser')}</Tag>}
        </span>
        <span className={classes.meta}>{facts.join(' · ')}</span>
      </div>
      {!signIn.current && (
        <Button aria-label={`${t('settings.endSession')}: ${name}`} onClick={onEnd}>
          {t('settings.endSession')}
        </Button>
      )}
    </li>
  );
}

/** Where one is signed in, and the way to end it. */
export function SessionsTab() {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const nameOf = useDeviceName();
  const [ending, setEnding] = useState<SignIn | 'others'>();
  const { data, error, refetch } = useQuery({
    queryKey: ['sign-ins'],
    queryFn: ({ signal }) => listSignIns(signal),
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return null;
  }
  const others = data.filter((signIn) => !signIn.current);
  const confirm = (which: SignIn | 'others') => {
    setEnding(undefined);
    const text = which === 'others' ? t('settings.othersEnded') : t('settings.ended', { name: nameOf(which.agent) });
    void end(which === 'others' ? undefined : which)
      .then(
        () => toasts.show({ text }),
        (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
      )
      .finally(() => void client.invalidateQueries({ queryKey: ['sign-ins'] }));
  };
  return (
    <>
      <p className={classes.hint}>{t('settings.sessionsText')}</p>
      <ul className={classes.list} aria-label={t('settings.tab.sessions')}>
        {[...data.filter((signIn) => signIn.current), ...others].map((signIn) => (
          <SignInRow key={signIn.id} signIn={signIn} name={nameOf(signIn.agent)} onEnd={() => setEnding(signIn)} />
        ))}
      </ul>
      {others.length === 0 ? (
        <State icon={<IconDevices size={22} stroke={1.6} aria-hidden="true" />} title={t('settings.noOthers')}>
          <StateText>{t('settings.noOthersText')}</StateText>
        </State>
      ) : (
        <div className={classes.bar}>
          <Button onClick={() => setEnding('others')}>{t('settings.endOthers')}</Button>
        </div>
      )}
      {ending !== undefined && (
        <Confirmation
          title={
            ending === 'others'
              ? t('settings.endOthersTitle', { count: others.length })
              : t('settings.endTitle', { name: nameOf(ending.agent) })
          }
          text={t('settings.endText')}
          action={t('settings.endSession')}
          onClose={() => setEnding(undefined)}
          onConfirm={() => confirm(ending)}
        />
      )}
    </>
  );
}
