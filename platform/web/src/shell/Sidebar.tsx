import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconFileImport,
  IconHome,
  IconKeyboard,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
  IconTable,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useLabel, useSession } from '../api/session';
import { useT } from '../i18n';
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

function Item(props: { to: string; icon: ReactNode; text: string; collapsed: boolean }) {
  const link = (
    <NavLink to={props.to} end={props.to === '/'} className={classes.item ?? ''} aria-label={props.text}>
      {props.icon}
      {!props.collapsed && <span className={classes.itemText}>{props.text}</span>}
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

export function Sidebar({ collapsed, onCollapse, onSearch, onHelp }: SidebarProps) {
  const t = useT();
  const administrator = useSession().me.role === 'administrator';
  return (
    <div className={classes.sidebar}>
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
        <Areas collapsed={collapsed} />
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
        <UserMenu collapsed={collapsed} />
      </div>
    </div>
  );
}
