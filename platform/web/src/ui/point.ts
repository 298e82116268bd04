import type { Lang } from '../api/types';

interface GeoJsonPoint {
  type: 'Point';
  coordinates: [number | string, number | string];
}

const PAIR = /^(-?\d{1,3}(?:\.\d{1,15})?)\s*[,，;\s]\s*(-?\d{1,3}(?:\.\d{1,15})?)$/;

function coordinates(value: unknown): [number, number] | undefined {
  const [east, north] = (value as GeoJsonPoint).coordinates ?? [];
  return east === undefined || north === undefined ? undefined : [Number(north), Number(east)];
}

/** Latitude and longitude, as a person writes them. */
export function pointText(value: unknown): string {
  return coordinates(value)?.join(', ') ?? '';
}

/** What latitude and longitude mean, as GeoJSON; undefined when they are not on the earth. */
export function pointOf(text: string): Record<string, unknown> | undefined {
  const [, north, east] = PAIR.exec(text.normalize('NFKC').trim()) ?? [];
  if (north === undefined || east === undefined || Math.abs(Number(north)) > 90 || Math.abs(Number(east)) > 180) {
    return undefined;
  }
  return { type: 'Point', coordinates: [Number(east), Number(north)] };
}

/** A place as people read it. */
export function placeText(value: unknown, lang: Lang): string {
  const [north, east] = coordinates(value) ?? [0, 0];
  const [up, across] = [Math.abs(north), Math.abs(east)];
  return lang === 'zh-CN'
    ? `${east < 0 ? '西经' : '东经'}${across}°，${north < 0 ? '南纬' : '北纬'}${up}°`
    : `${up}° ${north < 0 ? 'S' : 'N'}, ${across}° ${east < 0 ? 'W' : 'E'}`;
}
