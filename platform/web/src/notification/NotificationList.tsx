import { ActionIcon, Button } from '@mantine/core';
import { IconBellOff, IconCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormat, useModel } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { ErrorState, State, StateText } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import classes from './notification.module.css';
import { listNotifications, markRead, type Notification, notificationsKey } from './notifications';

function Item({ one, onRead, onOpen }: { one: Notification; onRead: () => void; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const entity = useModel().entity(one.entity ?? undefined);
  const unread = one.readAt === undefined || one.readAt === null;
  const linked = entity !== undefined && one.record !== undefined && one.record !== null;
  return (
    <li className={classes.item} data-unread={unread || undefined}>
      <span className={classes.text}>
        {unread && <span className="rl-visually-hidden">{t('notification.new')} </span>}
        {linked ? (
          <Link className="rl-link" to={`/${entity.setName}/${one.record}`} dir="auto" onClick={onOpen}>
            {one.text}
          </Link>
        ) : (
          <span dir="auto">{one.text}</span>
        )}
        <span className={classes.when} title={format.dateTime(one.createdAt)}>
          {format.relative(one.createdAt)}
        </span>
      </span>
      {unread && (
        <ActionIcon
          size={26}
          aria-label={`${t('notification.markRead')}: ${one.text}`}
          title={t('notification.markRead')}
          onClick={onRead}
        >
          <IconCheck size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </li>
  );
}

/** What one was told, the newest first; with a title of its own unless what it stands in has one. */
export default function NotificationList({ titled, onClose }: { titled?: boolean; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [...notificationsKey, 'list'],
    queryFn: ({ pageParam, signal }) => listNotifications(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const read = (which: Parameters<typeof markRead>[0]) =>
    void markRead(which).then(
      () => client.invalidateQueries({ queryKey: notificationsKey }),
      (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
    );
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  const all = data?.pages.flatMap((page) => page.value) ?? [];
  const unread = data?.pages[0]?.unread ?? 0;
  return (
    <>
      {(titled !== true || unread > 0) && (
        <div className={classes.head}>
          {titled !== true && <h2 className={classes.title}>{t('notification.title')}</h2>}
          {unread > 0 && <Button onClick={() => read({ all: true })}>{t('notification.markAllRead')}</Button>}
        </div>
      )}
      {data !== undefined && all.length === 0 && (
        <State icon={<IconBellOff size={22} stroke={1.6} aria-hidden="true" />} title={t('notification.none')}>
          <StateText>{t('notification.noneText')}</StateText>
        </State>
      )}
      <ul className={classes.list} aria-label={t('notification.title')}>
        {all.map((one) => (
          <Item
            key={one.id}
            one={one}
            onRead={() => read({ ids: [one.id] })}
            onOpen={() => {
              if (one.readAt === undefined || one.readAt === null) {
                read({ ids: [one.id] });
              }
              onClose();
            }}
          />
        ))}
      </ul>
      {hasNextPage && (
        <div className={classes.more}>
          <Button onClick={() => void fetchNextPage()}>{t('action.showMore')}</Button>
        </div>
      )}
    </>
  );
}
