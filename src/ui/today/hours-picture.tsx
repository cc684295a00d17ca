import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { HourCounts } from '#counting';
import { SERIES } from './series.ts';

export interface ShownHour extends HourCounts {
  readonly label: string;
}

/** Stacked bars by hour. Apart from what shows it, since the library is large and the numbers need not wait for it. */
export function HoursPicture({ hours }: { readonly hours: readonly ShownHour[] }) {
  return (
    <ResponsiveContainer height="100%" width="100%">
      <BarChart accessibilityLayer={false} data={hours} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="label"
          interval="equidistantPreserveStart"
          stroke="var(--ink-soft)"
          tickLine={false}
        />
        <YAxis allowDecimals={false} stroke="var(--ink-soft)" tickLine={false} width={40} />
        {SERIES.map(({ key, colour }) => (
          <Bar
            dataKey={key}
            fill={colour}
            isAnimationActive={false}
            key={key}
            maxBarSize={48}
            stackId="people"
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
