import { Checkbox, NativeSelect, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useSession } from '../api/session';
import type { Lang } from '../api/types';
import { useLanguage, useT } from '../i18n';
import { type Density, setDensity, useDensity } from '../shell/density';
import { lettersOn, setLetters } from '../shell/keys';
import { useChooseLanguage } from '../shell/useChooseLanguage';
import classes from './settings.module.css';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who one is, and how one likes the screens. */
export function ProfileTab() {
  const t = useT();
  const lang = useLanguage();
  const { me } = useSession();
  const chooseLanguage = useChooseLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = useDensity();
  const [letters, keepLetters] = useState(lettersOn());
  return (
    <div className={classes.form}>
      <dl className={classes.facts}>
        <Fact name={t('settings.name')}>{me.user.displayName}</Fact>
        <Fact name={t('settings.username')}>{me.user.username}</Fact>
        {me.user.email !== undefined && <Fact name={t('settings.email')}>{me.user.email}</Fact>}
        <Fact name={t('settings.company')}>{me.tenant.name}</Fact>
        <Fact name={t('settings.zone')}>{me.tenant.timeZone}</Fact>
        <Fact name={t('settings.currency')}>{me.tenant.currency}</Fact>
      </dl>
      <NativeSelect
        label={t('user.language')}
        value={lang}
        data={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '中文' },
        ]}
        onChange={(event) => void chooseLanguage(event.currentTarget.value as Lang)}
      />
      <NativeSelect
        label={t('user.theme')}
        value={colorScheme}
        data={(['light', 'dark', 'auto'] as const).map((one) => ({ value: one, label: t(`user.theme.${one}`) }))}
        onChange={(event) => setColorScheme(event.currentTarget.value as 'light' | 'dark' | 'auto')}
      />
      <NativeSelect
        label={t('user.density')}
        value={density}
        data={(['comfortable', 'compact'] as const).map((one) => ({ value: one, label: t(`user.density.${one}`) }))}
        onChange={(event) => setDensity(event.currentTarget.value as Density)}
      />
      <Checkbox
        label={t('settings.letters')}
        description={t('settings.lettersHint')}
        checked={letters}
        onChange={(event) => {
          setLetters(event.currentTarget.checked);
          keepLetters(event.currentTarget.checked);
        }}
      />
    </div>
  );
}
