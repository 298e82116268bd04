import { Drawer, Menu } from '@mantine/core';
import {
  IconBell,
  IconBolt,
  IconFileImport,
  IconHome,
  IconLayoutDashboard,
  IconLayoutGrid,
  IconPlus,
  IconReportAnalytics,
  IconSearch,
  IconSettings,
  IconShieldLock,
  IconSun,
  IconTable,
  IconUserCircle,
} from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { activityEntity } from '../activity/activities';
import { useLabel, useModel, useSession } from '../api/session';
import { useOpenCreate } from '../form/createUrl';
import { useT, withMore } from '../i18n';
import { Count } from '../notification/Bell';
import { useUnread } from '../notification/notifications';
import { EntityIcon } from '../ui/icons';
import classes from './shell.module.css';
import { UserMenuItems } from './UserMenu';

const NotificationList = lazy(() => withMore(import('../notification/NotificationList')));

type Sheet = 'records' | 'create' | undefined;

function EntitySheet(props: { sheet: Sheet; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const { me, model } = useSession();
  const create = useOpenCreate();
  return (
    <Drawer
      opened={props.sheet !== undefined}
      onClose={props.onClose}
      position="bottom"
      size="auto"
      classNames={{ content: classes.sheetBox ?? '' }}
      title={t(props.sheet === 'create' ? 'action.new' : 'shell.records')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.sheet}>
        {model.entities.map((entity) =>
          props.sheet === 'create' ? (
            <button
              key={entity.name}
              type="button"
              className={classes.item}
              onClick={() => {
                props.onClose();
                create(entity);
              }}
            >
              <EntityIcon name={entity.meta.icon} />
              {label(entity.meta.label, entity.name)}
            </button>
          ) : (
            <NavLink key={entity.name} to={`/${entity.setName}`} className={classes.item ?? ''} onClick={props.onClose}>
              <EntityIcon name={entity.meta.icon} />
              {label(entity.meta.pluralLabel, entity.setName)}
            </NavLink>
          ),
        )}
        {props.sheet === 'records' && activityEntity(model) !== undefined && (
          <NavLink to="/my-day" className={classes.item ?? ''} onClick={props.onClose}>
            <IconSun size={18} stroke={1.6} aria-hidden="true" />
            {t('day.title')}
          </NavLink>
        )}
        {props.sheet === 'records' && (
          <>
            <NavLink to="/dashboards" className={classes.item ?? ''} onClick={props.onClose}>
              <IconLayoutDashboard size={18} stroke={1.6} aria-hidden="true" />
              {t('dashboard.title')}
            </NavLink>
            <NavLink to="/reports" className={classes.item ?? ''} onClick={props.onClose}>
              <IconReportAnalytics size={18} stroke={1.6} aria-hidden="true" />
              {t('report.title')}
            </NavLink>
            <NavLink to="/imports" className={classes.item ?? ''} onClick={props.onClose}>
              <IconFileImport size={18} stroke={1.6} aria-hidden="true" />
              {t('shell.imports')}
            </NavLink>
          </>
        )}
        {props.sheet === 'records' && me.role === 'administrator' && (
          <NavLink to="/designer" className={classes.item ?? ''} onClick={props.onClose}>
            <IconTable size={18} stroke={1.6} aria-hidden="true" />
            {t('design.title')}
          </NavLink>
        )}
        {props.sheet === 'records' && me.role === 'administrator' && (
          <NavLink to="/access" className={classes.item ?? ''} onClick={props.onClose}>
            <IconShieldLock size={18} stroke={1.6} aria-hidden="true" />
            {t('access.title')}
          </NavLink>
        )}
        {props.sheet === 'records' && me.role === 'administrator' && (
          <NavLink to="/automations" className={classes.item ?? ''} onClick={props.onClose}>
            <IconBolt size={18} stroke={1.6} aria-hidden="true" />
            {t('automation.title')}
          </NavLink>
        )}
        {props.sheet === 'records' && (
          <NavLink to="/settings" className={classes.item ?? ''} onClick={props.onClose}>
            <IconSettings size={18} stroke={1.6} aria-hidden="true" />
            {t('settings.title')}
          </NavLink>
        )}
      </div>
    </Drawer>
  );
}

function Tab(props: { icon: ReactNode; text: string; active?: boolean; onClick?: () => void }) {
  return (
    <button type="button" className={classes.tab} data-active={props.active ?? false} onClick={props.onClick}>
      {props.icon}
      <span>{props.text}</span>
    </button>
  );
}

/** One's own menu, with what one was told. */
function MeTab() {
  const t = useT();
  const unread = useUnread();
  const [open, setOpen] = useState(false);
  const told = unread === 0 ? t('notification.title') : t('notification.unread', { count: unread });
  return (
    <>
      <Menu position="top-end" width={240}>
        <Menu.Target>
          <button type="button" className={classes.tab}>
            <span className={classes.tabIcon}>
              <IconUserCircle size={22} stroke={1.6} aria-hidden="true" />
              <Count unread={unread} />
            </span>
            <span>{t('shell.me')}</span>
            {unread > 0 && <span className="rl-visually-hidden">{told}</span>}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconBell size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
            {told}
          </Menu.Item>
          <UserMenuItems />
        </Menu.Dropdown>
      </Menu>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="bottom"
        size="80dvh"
        title={t('notification.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Suspense>
          <NotificationList titled onClose={() => setOpen(false)} />
        </Suspense>
      </Drawer>
    </>
  );
}

/** The phone's navigation: five targets under the thumb. */
export default function BottomBar({ onSearch }: { onSearch: () => void }) {
  const t = useT();
  const model = useModel();
  const { pathname } = useLocation();
  const create = useOpenCreate();
  const [sheet, setSheet] = useState<Sheet>();
  const here = model.set(pathname.split('/')[1]);
  return (
    <nav className={classes.bottom} data-print="none" aria-label={t('shell.navigation')}>
      <NavLink to="/" end className={classes.tab ?? ''} data-active={pathname === '/'}>
        <IconHome size={22} stroke={1.6} aria-hidden="true" />
        <span>{t('shell.home')}</span>
      </NavLink>
      <Tab
        icon={<IconLayoutGrid size={22} stroke={1.6} aria-hidden="true" />}
        text={t('shell.records')}
        active={here !== undefined}
        onClick={() => setSheet('records')}
      />
      <button
        type="button"
        className={classes.plus}
        aria-label={t('action.new')}
        onClick={() => (here === undefined ? setSheet('create') : create(here))}
      >
        <IconPlus size={22} aria-hidden="true" />
      </button>
      <Tab icon={<IconSearch size={22} stroke={1.6} aria-hidden="true" />} text={t('shell.find')} onClick={onSearch} />
      <MeTab />
      <EntitySheet sheet={sheet} onClose={() => setSheet(undefined)} />
    </nav>
  );
}
