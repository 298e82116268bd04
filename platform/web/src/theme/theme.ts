import {
  ActionIcon,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Input,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Select,
  Tooltip,
} from '@mantine/core';
import { accentSteps, badSteps, darkVariables, lightVariables } from './tokens';

const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

const quick = { transitionProps: { duration: 160, timingFunction: 'ease-out' } };

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 8 },
  colors: { accent: [...accentSteps], bad: [...badSteps] },
  fontFamily: fonts,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  defaultRadius: 6,
  respectReducedMotion: true,
  focusRing: 'auto',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' }, classNames: { root: 'rl-button' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 30, variant: 'subtle', color: 'gray' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: '16px', radius: 4 } }),
    Input: Input.extend({ classNames: { input: 'rl-input' } }),
    // A field's help stands below its input, so that inputs in a row line up.
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Menu: Menu.extend({ defaultProps: { radius: 10, ...quick } }),
    Popover: Popover.extend({ defaultProps: { radius: 10, ...quick } }),
    Modal: Modal.extend({ defaultProps: { radius: 10, ...quick } }),
    Drawer: Drawer.extend({ defaultProps: quick }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs', radius: 6 },
      classNames: { root: 'rl-segments' },
    }),
    Select: Select.extend({ defaultProps: { comboboxProps: { radius: 8 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false } }),
  },
});

/** Our tokens, and Mantine's own names for the same things pointed at them. */
const mantineNames = {
  '--mantine-color-body': 'var(--rl-page)',
  '--mantine-color-text': 'var(--rl-text)',
  '--mantine-color-bright': 'var(--rl-text)',
  '--mantine-color-dimmed': 'var(--rl-text-3)',
  '--mantine-color-placeholder': 'var(--rl-text-3)',
  '--mantine-color-anchor': 'var(--rl-accent-text)',
  '--mantine-color-default': 'var(--rl-page)',
  '--mantine-color-default-hover': 'var(--rl-hover)',
  '--mantine-color-default-color': 'var(--rl-text)',
  '--mantine-color-default-border': 'var(--rl-hairline)',
  '--mantine-color-error': 'var(--rl-bad)',
  '--mantine-color-disabled': 'var(--rl-hover)',
  '--mantine-color-disabled-color': 'var(--rl-text-3)',
  '--mantine-color-accent-filled': 'var(--rl-accent)',
  '--mantine-color-accent-filled-hover': 'var(--rl-accent-hover)',
  '--mantine-color-accent-light': 'var(--rl-accent-tint)',
  '--mantine-color-accent-light-color': 'var(--rl-accent-text)',
  '--mantine-color-accent-text': 'var(--rl-accent-text)',
  '--mantine-color-gray-subtle-color': 'var(--rl-text-2)',
  '--mantine-color-gray-light-color': 'var(--rl-text-2)',
  '--mantine-color-gray-light-hover': 'var(--rl-hover)',
  '--mantine-primary-color-filled': 'var(--rl-accent)',
  '--mantine-primary-color-filled-hover': 'var(--rl-accent-hover)',
};

/** Mantine's dark greys, which its parts name by number. */
const darkGreys = {
  '--mantine-color-dark-0': 'var(--rl-text)',
  '--mantine-color-dark-1': 'var(--rl-text-2)',
  '--mantine-color-dark-2': 'var(--rl-text-3)',
  '--mantine-color-dark-3': 'var(--rl-control)',
  '--mantine-color-dark-4': 'var(--rl-hairline)',
  '--mantine-color-dark-5': 'var(--rl-hover)',
  '--mantine-color-dark-6': 'var(--rl-page)',
  '--mantine-color-dark-7': 'var(--rl-page)',
  '--mantine-color-dark-8': 'var(--rl-hover)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...lightVariables, ...mantineNames },
  dark: { ...darkVariables, ...mantineNames, ...darkGreys },
});
