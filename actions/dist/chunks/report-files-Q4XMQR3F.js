import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  collectBoxes,
  compareGuests,
  describeColumns,
  describeContext,
  describeGuestRatios,
  describeHeadline,
  describeSpread,
  describeTestHeadlines,
  listReasons,
  listRemarks,
  longestOpenList,
  nameSides,
  renderCells,
  renderFolded,
  renderList,
  renderRemarkBody
} from "./chunk-LNN6AWYM.js";
import {
  readCellName
} from "./chunk-E25633LF.js";
import "./chunk-BSRRZUOE.js";
import {
  escapeMarkdown,
  stripControls
} from "./chunk-6EBT53JP.js";
import "./chunk-E4HQEAUX.js";
import "./chunk-Z4OLDYZE.js";

// src/render-json.ts
function renderJson(document) {
  return `${JSON.stringify(document, null, 2)}
`;
}

// reports/list-comparisons.ts
function listComparisons(comparison) {
  return [
    describeTestHeadlines(comparison),
    describeSpread(comparison),
    compareGuests(comparison),
    describeGuestRatios(comparison)
  ].flatMap((remark) => remark === null ? [] : [remark]);
}

// reports/markdown.ts
var rawData = "Raw data: `run.jsonl` (every sample with its command line and facts), `comparison.json` (this report as data), `plots/`.";
function renderMarkdown(comparison, { plots = [] } = {}) {
  const { title, counts, meaning, design } = describeHeadline(comparison);
  const parts = [
    `## ${escapeMarkdown(title)}`,
    `**${escapeMarkdown(counts)}.** ${escapeMarkdown(`${meaning} ${design}`.trimEnd())}`,
    ...renderFigures(comparison),
    ...renderPictures(plots),
    ...listRemarks(comparison).flatMap(renderRemark),
    ...renderSecondary(comparison),
    "### How it was measured",
    renderList(describeContext(comparison)),
    ...comparison.context === null ? [] : [rawData]
  ];
  return `${parts.join("\n\n")}
`;
}
function renderFigures(comparison) {
  const primary = comparison.cells.filter(({ role }) => role === "primary");
  if (primary.length === 0) return [];
  const invalid = listReasons(comparison, "invalid");
  return [
    renderCells(primary, comparison),
    renderList(describeColumns(primary)),
    ...invalid.length === 0 ? [] : ["Why rows are invalid:", renderList(invalid)],
    ...renderFoldable("Why rows are inconclusive", listReasons(comparison, "inconclusive")),
    ...listComparisons(comparison).flatMap(renderRemark)
  ];
}
function renderPictures(plots) {
  if (plots.length === 0) return [];
  const pictures = plots.map(({ title, path }) => `![${escapeMarkdown(title)}](${encodeURI(path)})`);
  return ["### Box plots", pictures.join("\n")];
}
function renderRemark(remark) {
  return [`### ${escapeMarkdown(remark.title)}`, ...renderRemarkBody(remark)];
}
function renderFoldable(title, lines) {
  if (lines.length === 0) return [];
  return lines.length > longestOpenList ? [renderFolded(title, renderList(lines))] : [`${title}:`, renderList(lines)];
}
function renderSecondary(comparison) {
  const secondary = comparison.cells.filter(({ role }) => role === "secondary");
  if (secondary.length === 0) return [];
  const title = `${secondary.length} ${secondary.length === 1 ? "row" : "rows"}, never gated`;
  return ["### Secondary metrics", renderFolded(title, renderCells(secondary, comparison))];
}

// reports/box-plot.ts
var colours = ["#0072B2", "#E69F00"];
var ink = "#1f2328";
var faint = "#59636e";
var size = { guest: 130, frame: 90, least: 350, height: 320, padding: 12, box: 32 };
function buildBoxPlot(plot) {
  const guests = [...new Set(plot.rows.map(({ guest }) => guest))];
  const width = Math.max(size.least, size.frame + guests.length * size.guest);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    // White also where the page is dark.
    background: "white",
    autosize: { type: "fit", contains: "padding" },
    padding: size.padding,
    width,
    height: size.height,
    title: {
      text: plot.title,
      subtitle: plot.subtitle,
      anchor: "start",
      frame: "bounds",
      // Without a canvas Vega takes each letter for 0.8 em; those of a sans-serif font have about 0.57.
      limit: (width - 2 * size.padding) * (0.8 / 0.57),
      fontSize: 15,
      subtitleFontSize: 11,
      subtitleColor: faint,
      subtitlePadding: 4,
      offset: 10
    },
    config: {
      font: "sans-serif",
      title: { color: ink },
      view: { stroke: null },
      axis: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
      legend: { labelColor: ink, labelFontSize: 12 }
    },
    data: { values: plot.rows },
    encoding: {
      x: {
        field: "guest",
        type: "nominal",
        sort: guests,
        axis: {
          title: null,
          labelAngle: 0,
          labelFontSize: 13,
          labelLimit: size.guest,
          ticks: false,
          labelPadding: 8,
          domainColor: "#8c959f"
        }
      },
      xOffset: { field: "side", sort: [...plot.sides] }
    },
    layer: layMarks(plot)
  };
}
function layMarks({ axis, sides, domain }) {
  const value = (field) => ({
    field,
    type: "quantitative",
    scale: { zero: false, nice: true, domain: [...domain] },
    axis: { title: axis, tickCount: 6, domain: false, ticks: false, gridColor: "#e4e8ec", labelPadding: 6 }
  });
  const colour = {
    field: "side",
    type: "nominal",
    scale: { domain: [...sides], range: colours },
    legend: { title: null, orient: "top", symbolType: "square", symbolOpacity: 1, symbolSize: 130, offset: 12 }
  };
  const whiskerEnd = { type: "tick", size: 16, thickness: 1.5, opacity: 1, color: ink };
  return [
    {
      mark: { type: "rule", strokeWidth: 1.5, color: ink },
      encoding: { y: value("minimum"), y2: { field: "maximum" } }
    },
    { mark: whiskerEnd, encoding: { y: value("minimum") } },
    { mark: whiskerEnd, encoding: { y: value("maximum") } },
    {
      mark: { type: "bar", size: size.box, opacity: 1, stroke: ink, strokeWidth: 1 },
      encoding: { y: value("q1"), y2: { field: "q3" }, color: colour }
    },
    { mark: { type: "tick", size: size.box, thickness: 3, opacity: 1, color: ink }, encoding: { y: value("median") } }
  ];
}

// reports/plots.ts
async function renderPlots(comparison) {
  const [baseline, candidate] = nameSides(comparison);
  const sides = [stripControls(baseline), stripControls(candidate)];
  const primary = comparison.cells.filter(({ role }) => role === "primary");
  const names = /* @__PURE__ */ new Set();
  const plots = [];
  for (const cells of Map.groupBy(primary, placeOf).values()) {
    const boxes = collectBoxes(cells, sides);
    if (boxes === null) continue;
    const name = nameFile(placeOf(cells[0] ?? { id: "" }), names);
    plots.push({ name, title: boxes.title, svg: await drawPlot(buildBoxPlot(boxes)) });
  }
  return plots;
}
function placeOf(cell) {
  const { guest, test, attachment } = readCellName(cell);
  return test === "" ? guest : `${test}-${attachment}`;
}
function nameFile(place, taken) {
  const stem = place.replace(/\W+/g, "-").slice(0, 80);
  let name = `${stem}.svg`;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}.svg`;
  taken.add(name);
  return name;
}
async function drawPlot(specification) {
  const [{ compile }, { parse, View }] = await Promise.all([import("./build-QKC5C6UW.js"), import("./vega.module-LF6ILJLY.js")]);
  const view = new View(parse(compile(specification).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

// reports/report-files.ts
async function renderReportFiles(comparison) {
  const plots = await renderPlots(comparison);
  const pictures = plots.map(({ name, title }) => ({ title, path: `plots/${name}` }));
  return [
    ...plots.map(({ name, svg }) => ({ path: `plots/${name}`, text: svg })),
    { path: "report.md", text: renderMarkdown(comparison, { plots: pictures }) },
    { path: "comparison.json", text: renderJson(comparison) }
  ];
}
export {
  renderReportFiles
};
