import { useMemo } from 'react';
import { useFormat, useModel, useUsers } from '../api/session';
import { useLanguage, useT } from '../i18n';
import { formatScalar } from '../ui/FieldValue';
import type { Words } from './sentence';

export function useWords(): Words {
  const t = useT();
  const lang = useLanguage();
  const model = useModel();
  const format = useFormat();
  const users = useUsers();
  return useMemo(
    () => ({
      t,
      lang,
      model,
      user: (id) => users.get(id)?.displayName ?? t('automation.somebody'),
      scalar: (field, value) => formatScalar(format, field, value, false),
    }),
    [t, lang, model, format, users],
  );
}
