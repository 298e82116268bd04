import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconApi, IconLogout } from '@tabler/icons-react';
import { Link } from 'react-router';
import { call } from '../api/client';
import { useSession } from '../api/session';
import type { Lang } from '../api/types';
import { useLanguage, useT } from '../i18n';
import { Avatar } from '../ui/Avatar';
import { useProblemText } from '../ui/useProblemText';
import { type Density, setDensity, useDensity } from './density';
import classes from './shell.module.css';
import { toasts } from './toast';
import { useChooseLanguage } from './useChooseLanguage';

/** Each language by its own name, so that nobody is lost in the other. */
const LANGUAGES: [Lang, string][] = [
  ['en', 'English'],
  ['zh-CN', '中文'],
];

const DENSITIES: Density[] = ['comfortable', 'compact'];

const SCHEMES: MantineColorScheme[] = ['light', 'dark', 'auto'];

async function signOut(): Promise<void> {
  const { location } = await call<{ location: string }>('/auth/logout', { method: 'POST', body: {} });
  window.location.assign(location);
}

export function UserMenuItems() {
  const t = useT();
  const lang = useLanguage();
  const chooseLanguage = useChooseLanguage();
  const problemText = useProblemText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = useDensity();
  return (
    <>
      <Menu.Label>{t('user.language')}</Menu.Label>
      {LANGUAGES.map(([code, name]) => (
        <Menu.RadioItem
          key={code}
          lang={code}
          value={code}
          checked={lang === code}
          closeMenuOnClick
          onChange={() => void chooseLanguage(code)}
        >
          {name}
        </Menu.RadioItem>
      ))}
      <Menu.Label>{t('user.theme')}</Menu.Label>
      {SCHEMES.map((scheme) => (
        <Menu.RadioItem
          key={scheme}
          value={scheme}
          checked={colorScheme === scheme}
          onChange={() => setColorScheme(scheme)}
        >
          {t(`user.theme.${scheme}`)}
        </Menu.RadioItem>
      ))}
      <Menu.Label>{t('user.density')}</Menu.Label>
      {DENSITIES.map((one) => (
        <Menu.RadioItem key={one} value={one} checked={density === one} onChange={() => setDensity(one)}>
          {t(`user.density.${one}`)}
        </Menu.RadioItem>
      ))}
      <Menu.Divider />
      <Menu.Item component={Link} to="/api-docs" leftSection={<IconApi size={16} aria-hidden="true" />}>
        {t('docs.title')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLogout size={16} aria-hidden="true" />}
        onClick={() => void signOut().catch((error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }))}
      >
        {t('user.signOut')}
      </Menu.Item>
    </>
  );
}

export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const t = useT();
  const { user } = useSession().me;
  return (
    <Menu position="top-start" width={216} withinPortal>
      <Menu.Target>
        <button type="button" className={classes.item} aria-label={t('user.menu', { name: user.displayName })}>
          <Avatar name={user.displayName} />
          {!collapsed && <span className={classes.itemText}>{user.displayName}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <UserMenuItems />
      </Menu.Dropdown>
    </Menu>
  );
}
