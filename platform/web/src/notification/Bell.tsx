import { ActionIcon, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useT, withMore } from '../i18n';
import classes from './notification.module.css';
import { useUnread } from './notifications';

const NotificationList = lazy(() => withMore(import('./NotificationList')));

/** How many there are that were not read; more than fit are just many. */
export function Count({ unread }: { unread: number }) {
  return unread === 0 ? null : (
    <span className={classes.count} aria-hidden="true">
      {unread > 99 ? '99+' : unread}
    </span>
  );
}

export function Bell() {
  const t = useT();
  const unread = useUnread();
  const [open, setOpen] = useState(false);
  const name = unread === 0 ? t('notification.title') : t('notification.unread', { count: unread });
  return (
    <Popover opened={open} onChange={setOpen} position="right-end" width={360} trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <ActionIcon
          className={classes.bell ?? ''}
          aria-label={name}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <IconBell size={18} stroke={1.6} />
          <Count unread={unread} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown role="dialog" tabIndex={-1} aria-label={t('notification.title')} className={classes.box}>
        <Suspense>
          <NotificationList onClose={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
