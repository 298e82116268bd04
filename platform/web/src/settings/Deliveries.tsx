import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormat, useModel } from '../api/session';
import { isMessage, useT } from '../i18n';
import { toasts } from '../shell/toast';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './settings.module.css';
import { type Delivery, listDeliveries, resend } from './webhooks';

const ASK_AGAIN_MS = 3_000;
const STATES = ['waiting', 'delivered', 'failed'] as const;
const TONES = { waiting: 'neutral', delivered: 'good', failed: 'bad' } as const;

/** What was answered, in words. */
export function useOutcome(): (outcome: Pick<Delivery, 'status' | 'reason' | 'millis'>) => string {
  const t = useT();
  const format = useFormat();
  return ({ status, reason, millis }) => {
    if (status !== undefined && status !== null) {
      return t('settings.webhook.answered', { status, millis: format.number(millis ?? 0) });
    }
    const key = `settings.webhook.reason.${reason}`;
    return reason === undefined || reason === null ? '' : isMessage(key) ? t(key) : reason;
  };
}

/** One change, with what was answered and when it is sent again. */
function DeliveryRow({ delivery, onAgain }: { delivery: Delivery; onAgain: () => void }) {
  const t = useT();
  const format = useFormat();
  const outcome = useOutcome()(delivery);
  const entity = useModel().entity(delivery.type.split('.')[0] ?? '');
  const facts = [
    format.dateTime(delivery.attemptedAt ?? delivery.createdAt, true),
    ...(outcome === '' ? [] : [outcome]),
    ...(delivery.attempts > 1 ? [t('settings.webhook.attempts', { count: delivery.attempts })] : []),
    ...(delivery.next === undefined || delivery.next === null || delivery.attempts === 0
      ? []
      : [t('settings.webhook.nextAt', { time: format.dateTime(delivery.next, true) })]),
  ];
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span>
          {entity === undefined ? (
            delivery.type
          ) : (
            <Link className="rl-link" to={`/${entity.setName}/${delivery.record}`}>
              {delivery.type}
            </Link>
          )}{' '}
          <Tag tone={TONES[delivery.state]}>{t(`settings.webhook.state.${delivery.state}`)}</Tag>
        </span>
        <span className={classes.meta}>{facts.join(' · ')}</span>
      </div>
      <Button aria-label={`${t('settings.webhook.again')}: ${delivery.type}`} onClick={onAgain}>
        {t('settings.webhook.again')}
      </Button>
    </li>
  );
}

/** What a webhook was told of in the last days, and the way to tell it again. */
export function Deliveries({ webhook }: { webhook: string }) {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const [state, setState] = useState('');
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['webhooks', webhook, 'deliveries', state],
    queryFn: ({ pageParam, signal }) => listDeliveries(webhook, state, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: ASK_AGAIN_MS,
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  const again = (delivery?: string) =>
    void resend(webhook, delivery)
      .then(
        ({ sent }) => toasts.show({ text: t('settings.webhook.sentAgain', { count: sent }) }),
        (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
      )
      .finally(() => void client.invalidateQueries({ queryKey: ['webhooks', webhook] }));
  const deliveries = data?.pages.flatMap((page) => page.value) ?? [];
  return (
    <section aria-label={t('settings.webhook.deliveries')}>
      <div className={classes.bar}>
        <NativeSelect
          label={t('settings.webhook.deliveries')}
          value={state}
          data={[
            { value: '', label: t('settings.webhook.all') },
            ...STATES.map((one) => ({ value: one, label: t(`settings.webhook.state.${one}`) })),
          ]}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        <Button onClick={() => again()}>{t('settings.webhook.againFailed')}</Button>
      </div>
      {data !== undefined && deliveries.length === 0 && (
        <p className={classes.hint}>{t('settings.webhook.noDeliveries')}</p>
      )}
      <ul className={classes.list} aria-label={t('settings.webhook.deliveries')}>
        {deliveries.map((one) => (
          <DeliveryRow key={one.id} delivery={one} onAgain={() => again(one.id)} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={classes.bar}>
          <Button onClick={() => void fetchNextPage()}>{t('action.showMore')}</Button>
        </div>
      )}
    </section>
  );
}
