import { Input, Rating } from '@mantine/core';
import { useT } from '../../i18n';
import { type InputProps, useCommon } from './common';

/** Stars; the chosen star again takes the rating away. */
export function RatingInput(props: InputProps) {
  const t = useT();
  const { label, description, error, withAsterisk, ...common } = useCommon(props);
  const stars = Number(props.field.max ?? 5);
  const value = Number(props.value) || 0;
  return (
    <Input.Wrapper label={label} description={description} error={error} withAsterisk={withAsterisk} labelElement="div">
      <Rating
        id={common.id}
        aria-label={common['aria-label'] ?? String(label ?? '')}
        count={stars}
        value={value}
        size="md"
        getSymbolLabel={(star) => t('form.stars', { count: star, of: stars })}
        onChange={(star) => props.onChange(star === value ? '' : String(star))}
      />
    </Input.Wrapper>
  );
}
