/** A number as people in its country write it; how others are divided, only their own country knows. */
export function phoneText(text: string, country: string | undefined): string {
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(text);
  if (mobile !== null) {
    const [, one, two, three] = mobile;
    return `${country === 'CN' ? '' : '+86 '}${one} ${two} ${three}`;
  }
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(text);
  if (american !== null) {
    const [, area, exchange, line] = american;
    return country === 'US' || country === 'CA' ? `(${area}) ${exchange}-${line}` : `+1 ${area}-${exchange}-${line}`;
  }
  return text;
}
