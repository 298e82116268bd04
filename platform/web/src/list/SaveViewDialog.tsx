import { Alert, Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../api/session';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';

interface SaveViewProps {
  title: string;
  initial: { name: string; shared: boolean };
  onSave: (input: { name: string; shared: boolean }) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a view's name, and whether colleagues see it. */
export default function SaveViewDialog({ title, initial, onSave, onClose }: SaveViewProps) {
  const t = useT();
  const { tenant } = useSession().me;
  const problemText = useProblemText();
  const [input, setInput] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async () => {
    setBusy(true);
    try {
      await onSave({ ...input, name: input.name.trim() });
      onClose();
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('view.name')}
            data-autofocus
            required
            maxLength={80}
            value={input.name}
            onChange={(event) => setInput({ ...input, name: event.currentTarget.value })}
          />
          <Checkbox
            label={t('view.shared')}
            description={t('view.sharedHint', { tenant: tenant.name })}
            checked={input.shared}
            onChange={(event) => setInput({ ...input, shared: event.currentTarget.checked })}
          />
          {problem !== undefined && (
            <Alert color="bad" role="alert">
              {problem}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" variant="filled" loading={busy} disabled={input.name.trim() === ''}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
