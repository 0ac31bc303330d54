/** Bars over categories, stacked unless told otherwise: projects a year, money a programme. */
import { BarChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import type { BarsData } from "../contracts";
import { chart, use } from "../drawing/chart";
import { palette } from "../drawing/colours";
import { legend, picture } from "../drawing/picture";
import type { Island } from "../mount";
import { figure as written } from "../words";

use([BarChart, GridComponent]);

export const bars: Island = (element) =>
  picture<BarsData>(
    element,
    (data) => data.categories.length === 0 || data.series.every((series) => series.values.every((value) => value === 0)),
    (data, canvas, figure) => {
      const colour = palette(figure);
      const unit = data.unit ?? "count";
      const stacked = data.stacked ?? true;
      const drawing = chart(
        canvas,
        figure,
        {
          textStyle: { fontFamily: colour.font, color: colour.muted },
          grid: { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
          xAxis: { type: "category", data: data.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: colour.edge } }, axisLabel: { color: colour.muted, hideOverlap: true } },
          yAxis: {
            type: "value",
            minInterval: unit === "count" ? 1 : 0,
            splitNumber: 4,
            splitLine: { lineStyle: { color: colour.rule } },
            axisLabel: { color: colour.muted, formatter: (value: number) => written(value, unit, true) },
          },
          series: data.series.map((series, index) => ({
            type: "bar",
            name: series.name,
            stack: stacked ? "all" : undefined,
            barMaxWidth: 36,
            barCategoryGap: "28%",
            data: series.values,
            itemStyle: { color: colour.shares[index % colour.shares.length] },
            emphasis: { focus: "none" },
          })),
        },
        ({ dataIndex = 0, seriesIndex = 0 }) => {
          const series = data.series[seriesIndex];
          const value = series?.values[dataIndex];
          if (!series || value === undefined) return undefined;
          return { lines: [data.categories[dataIndex] ?? "", `${data.series.length > 1 ? `${series.name} : ` : ""}${written(value, unit)}`], href: data.hrefs?.[dataIndex] };
        },
      );
      const removeLegend = legend(canvas, data.series.map(({ name }) => ({ key: name, label: name })));
      return () => {
        removeLegend();
        drawing.erase();
      };
    },
  );
