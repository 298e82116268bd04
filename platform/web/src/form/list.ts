/** Lists stand in an input as JSON, because everything there is text. */
export function listText(values: readonly unknown[]): string {
  return values.length === 0 ? '' : JSON.stringify(values);
}

export function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text || '[]');
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}
