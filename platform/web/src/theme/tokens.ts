/** Every colour of the product, once. Names say what a colour is for; contrast is AA on page, sidebar and hover. */
const light = {
  page: '#ffffff',
  sidebar: '#f7f7f5',
  hover: '#efefec',
  hairline: '#e6e6e2',
  text: '#1c1d21',
  'text-2': '#54565d',
  'text-3': '#696b73',
  control: '#85868c',
  accent: '#3451c6',
  'accent-hover': '#2c46b3',
  'on-accent': '#ffffff',
  'accent-text': '#2c46b3',
  'accent-tint': '#edf0fc',
  good: '#17703c',
  'good-tint': '#e6f4eb',
  warn: '#845400',
  'warn-tint': '#fdf2da',
  bad: '#b0261e',
  'bad-tint': '#fcebe9',
  amber: '#b97500',
  'ramp-1': '#c9d2f5',
  'ramp-2': '#9fafec',
  'ramp-3': '#6f86dd',
  'ramp-4': '#3451c6',
  'path-done': '#dbe1f9',
  toast: '#24252b',
  'toast-text': '#f4f4f2',
  'toast-accent': '#c3cdfb',
  shadow: 'rgb(20 22 30 / 0.16)',
  scrim: 'rgb(20 22 30 / 0.4)',
} as const;

export type Token = keyof typeof light;

const dark: Record<Token, string> = {
  page: '#17181c',
  sidebar: '#111215',
  hover: '#23252b',
  hairline: '#2a2c33',
  text: '#eceef1',
  'text-2': '#b3b6be',
  'text-3': '#969aa4',
  control: '#747884',
  accent: '#4a66dd',
  'accent-hover': '#3f5bd3',
  'on-accent': '#ffffff',
  'accent-text': '#a6b6ff',
  'accent-tint': '#20294a',
  good: '#67cf93',
  'good-tint': '#15311f',
  warn: '#e9b658',
  'warn-tint': '#34280f',
  bad: '#ff958b',
  'bad-tint': '#3c1c1a',
  amber: '#e9b658',
  'ramp-1': '#2b3868',
  'ramp-2': '#3d519f',
  'ramp-3': '#5b75da',
  'ramp-4': '#8da1f5',
  'path-done': '#2b3868',
  toast: '#2e3038',
  'toast-text': '#eceef1',
  'toast-accent': '#a6b6ff',
  shadow: 'rgb(0 0 0 / 0.5)',
  scrim: 'rgb(0 0 0 / 0.6)',
};

const cssVariables = (tokens: Record<Token, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--rl-${name}`, value]));

export const lightVariables = cssVariables(light);
export const darkVariables = cssVariables(dark);

/** The ten steps Mantine wants of a colour; it uses 6 as the fill in light and 8 in dark. */
export const accentSteps = [
  '#edf0fc',
  '#dbe1f9',
  '#c9d2f5',
  '#9fafec',
  '#6f86dd',
  '#5b75da',
  '#3451c6',
  '#2c46b3',
  '#4a66dd',
  '#20294a',
] as const;

export const badSteps = [
  '#fcebe9',
  '#f8d6d3',
  '#f2b6b1',
  '#ff958b',
  '#e2675d',
  '#cc463c',
  '#b0261e',
  '#961f18',
  '#b0261e',
  '#3c1c1a',
] as const;
