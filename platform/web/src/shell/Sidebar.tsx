import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconBolt,
  IconFileImport,
  IconHome,
  IconKeyboard,
  IconLayoutDashboard,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconReportAnalytics,
  IconSearch,
  IconSettings,
  IconShieldLock,
  IconSun,
  IconTable,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { activityEntity } from '../activity/activities';
import { useLabel, useSession } from '../api/session';
import { useFavourites } from '../api/shortcuts';
import { useT } from '../i18n';
import { Bell } from '../notification/Bell';
import { EntityIcon } from '../ui/icons';
import { Kbd } from '../ui/Tag';
import classes from './shell.module.css';
import { UserMenu } from './UserMenu';

interface SidebarProps {
  collapsed: boolean;
  onCollapse: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

interface ItemProps {
  to: string;
  icon: ReactNode;
  text: string;
  collapsed: boolean;
  /** Current only at its very address, query and all. */
  exact?: boolean;
}

function Item(props: ItemProps) {
  const { pathname, search } = useLocation();
  const inside = { icon: props.icon, text: !props.collapsed && <span className={classes.itemText}>{props.text}</span> };
  const shared = { to: props.to, className: classes.item ?? '', 'aria-label': props.text };
  const link = props.exact ? (
    <Link {...shared} aria-current={pathname + search === props.to ? 'page' : undefined}>
      {inside.icon}
      {inside.text}
    </Link>
  ) : (
    <NavLink {...shared} end={props.to === '/'}>
      {inside.icon}
      {inside.text}
    </NavLink>
  );
  return props.collapsed ? (
    <Tooltip label={props.text} position="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

function TenantHead({ collapsed, onCollapse }: Pick<SidebarProps, 'collapsed' | 'onCollapse'>) {
  const t = useT();
  const { tenant } = useSession().me;
  return (
    <section className={classes.tenant} aria-label={tenant.name}>
      {!collapsed && (
        <>
          <span className={classes.tenantMark} aria-hidden="true">
            {tenant.name.trim()[0]?.toUpperCase()}
          </span>
          <span className={classes.tenantName} title={tenant.name}>
            {tenant.name}
          </span>
        </>
      )}
      <ActionIcon
        size={28}
        onClick={onCollapse}
        aria-expanded={!collapsed}
        aria-label={t(collapsed ? 'shell.expand' : 'shell.collapse')}
      >
        {collapsed ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
      </ActionIcon>
    </section>
  );
}

function Areas({ collapsed }: { collapsed: boolean }) {
  const label = useLabel();
  const { model } = useSession();
  return model.navigation.map((area) => (
    <section key={label(area.label)} aria-label={label(area.label)}>
      {!collapsed && <div className={classes.area}>{label(area.label)}</div>}
      {area.entities.map((entity) => (
        <Item
          key={entity.name}
          to={`/${entity.setName}`}
          icon={<EntityIcon name={entity.meta.icon} />}
          text={label(entity.meta.pluralLabel, entity.setName)}
          collapsed={collapsed}
        />
      ))}
    </section>
  ));
}

/** What one keeps at hand. */
function Favourites({ collapsed }: { collapsed: boolean }) {
  const t = useT();
  const favourites = useFavourites();
  return favourites.length === 0 ? null : (
    <section aria-label={t('favourite.title')}>
      {!collapsed && <div className={classes.area}>{t('favourite.title')}</div>}
      {favourites.map((one) => (
        <Item
          key={one.path}
          to={one.path}
          icon={<EntityIcon name={one.entity.meta.icon} />}
          text={one.name}
          collapsed={collapsed}
          exact
        />
      ))}
    </section>
  );
}

export function Sidebar({ collapsed, onCollapse, onSearch, onHelp }: SidebarProps) {
  const t = useT();
  const { me, model } = useSession();
  const administrator = me.role === 'administrator';
  return (
    <div className={classes.sidebar} data-print="none">
      <TenantHead collapsed={collapsed} onCollapse={onCollapse} />
      <button
        type="button"
        className={classes.search}
        onClick={onSearch}
        aria-label={collapsed ? t('shell.search') : undefined}
      >
        <IconSearch size={18} stroke={1.6} aria-hidden="true" />
        {!collapsed && (
          <>
            <span className={classes.itemText}>{t('shell.search')}</span>
            <Kbd>Ctrl K</Kbd>
          </>
        )}
      </button>
      <nav className={classes.nav} aria-label={t('shell.navigation')}>
        <Item to="/" icon={<IconHome size={18} stroke={1.6} />} text={t('shell.home')} collapsed={collapsed} />
        {activityEntity(model) !== undefined && (
          <Item to="/my-day" icon={<IconSun size={18} stroke={1.6} />} text={t('day.title')} collapsed={collapsed} />
        )}
        <Favourites collapsed={collapsed} />
        <Areas collapsed={collapsed} />
        <section aria-label={t('shell.analysis')}>
          {!collapsed && <div className={classes.area}>{t('shell.analysis')}</div>}
          <Item
            to="/dashboards"
            icon={<IconLayoutDashboard size={18} stroke={1.6} />}
            text={t('dashboard.title')}
            collapsed={collapsed}
          />
          <Item
            to="/reports"
            icon={<IconReportAnalytics size={18} stroke={1.6} />}
            text={t('report.title')}
            collapsed={collapsed}
          />
        </section>
        <section aria-label={t('shell.data')}>
          {!collapsed && <div className={classes.area}>{t('shell.data')}</div>}
          <Item
            to="/imports"
            icon={<IconFileImport size={18} stroke={1.6} />}
            text={t('shell.imports')}
            collapsed={collapsed}
          />
          {administrator && (
            <Item
              to="/designer"
              icon={<IconTable size={18} stroke={1.6} />}
              text={t('design.title')}
              collapsed={collapsed}
            />
          )}
          {administrator && (
            <Item
              to="/access"
              icon={<IconShieldLock size={18} stroke={1.6} />}
              text={t('access.title')}
              collapsed={collapsed}
            />
          )}
          {administrator && (
            <Item
              to="/automations"
              icon={<IconBolt size={18} stroke={1.6} />}
              text={t('automation.title')}
              collapsed={collapsed}
            />
          )}
          <Item
            to="/settings"
            icon={<IconSettings size={18} stroke={1.6} />}
            text={t('settings.title')}
            collapsed={collapsed}
          />
        </section>
      </nav>
      <div className={classes.foot}>
        <button
          type="button"
          className={classes.item}
          onClick={onHelp}
          aria-label={collapsed ? t('shell.shortcuts') : undefined}
        >
          <IconKeyboard size={18} stroke={1.6} aria-hidden="true" />
          {!collapsed && (
            <>
              <span className={classes.itemText}>{t('shell.shortcuts')}</span>
              <Kbd>?</Kbd>
            </>
          )}
        </button>
        <div className={classes.person}>
          <UserMenu collapsed={collapsed} />
          <Bell />
        </div>
      </div>
    </div>
  );
}
