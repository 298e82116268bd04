import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useT } from '../i18n';
import { State, StateText } from '../ui/states';

export function UnknownPage() {
  const t = useT();
  return (
    <State
      page
      icon={<IconMapOff size={22} stroke={1.6} aria-hidden="true" />}
      title={t('state.unknownPage.title')}
      actions={
        <Button component={Link} to="/">
          {t('state.goHome')}
        </Button>
      }
    >
      <StateText>{t('state.unknownPage.text')}</StateText>
    </State>
  );
}
