import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  chooseScale,
  describeCell,
  describeGuest,
  formatChange,
  formatNumber,
  formatPercent,
  formatQuantity,
  readCellName,
  readPlacement
} from "./chunk-E25633LF.js";
import {
  countSamples
} from "./chunk-BSRRZUOE.js";
import {
  escapeMarkdown,
  stripControls
} from "./chunk-6EBT53JP.js";

// reports/format-cell.ts
var nothing = "\u2013";
var largestPrintedChange = 10;
var verdictSigns = {
  improved: "\u25B2",
  regressed: "\u25BC",
  unchanged: "=",
  inconclusive: "?",
  invalid: "\u2715"
};
var changeNotes = {
  deployment: "ratio of the geometric means of the medians of the fresh starts, with its 95 % interval; the start is the unit of evidence, so it need not be the ratio of the two medians",
  block: "middle of all ratios of a candidate to a baseline value of the same block, with its 95 % interval; only values that were measured close together are compared",
  sample: "middle of all ratios of a candidate to a baseline value, with its 95 % interval; every value is taken as independent of the others"
};
function describeColumns(cells) {
  const observations = [...new Set(cells.map(({ observation }) => observation))];
  const by = (observation) => observations.length > 1 ? `change, where the unit is the ${observation}` : "change";
  return [
    "baseline, candidate: median of all samples, with its 95 % interval from 6 samples on",
    ...observations.map((observation) => `${by(observation)}: ${changeNotes[observation]}`),
    "p: adjusted for the number of rows",
    "detectable: the smallest increase that a run like this one finds in four of five cases",
    `${nothing}: cannot be computed`
  ];
}
function formatCell(cell, plan) {
  const { guest, attachment, test } = readCellName(cell);
  const planned = plan === null ? null : plan.deployments * countSamples(plan, test);
  const { unit, name, better } = cell.metric;
  const scale = chooseScale(cell.baseline.median || cell.candidate.median || 0, unit);
  const formatSide = ({ n, median, medianInterval95 }) => {
    if (median === null) return nothing;
    const ends = formatEnds(medianInterval95, (value) => formatNumber(value / scale.factor));
    const interval = ends === null ? "" : ` (${ends})`;
    return `${formatQuantity(median, unit, scale)}${interval}${planned === null || n === planned ? "" : `, n ${n}`}`;
  };
  return {
    test,
    guest,
    attachment,
    metric: name,
    better: better === "higher" ? "\u2191 higher" : "\u2193 lower",
    baseline: formatSide(cell.baseline),
    candidate: formatSide(cell.candidate),
    change: formatCellChange(cell),
    p: formatP(cell.pAdjusted),
    verdict: `${verdictSigns[cell.verdict]} ${cell.verdict}`,
    detectable: formatDetectable(cell.detectableChange)
  };
}
function formatCellChange(cell) {
  const { estimate, interval } = describeChange(cell);
  return interval === null ? estimate : `${estimate} (${interval})`;
}
function describeChange({ ratio, difference, metric }) {
  if (ratio !== null) {
    return { estimate: formatChange(ratio.estimate), interval: formatEnds(ratio.interval95, formatPercent) };
  }
  if (difference === null) return { estimate: nothing, interval: null };
  const { estimate, interval95 } = difference;
  const scale = chooseScale(estimate || Math.max(...(interval95 ?? [0]).map(Math.abs)), metric.unit);
  const signed = (value) => {
    const text = formatNumber(value / scale.factor);
    return Number(text) > 0 ? `+${text}` : text.replace("-", "\u2212");
  };
  const label = metric.unit === "1" ? "points" : scale.label;
  return { estimate: `${signed(estimate)} ${label}`.trimEnd(), interval: formatEnds(interval95, signed) };
}
function formatEnds(interval, format) {
  return interval === null ? null : `${format(interval[0])} to ${format(interval[1])}`;
}
function formatP(p) {
  if (p === null) return nothing;
  return p < 1e-3 ? "< 0.001" : p.toFixed(p < 0.1 ? 3 : 2);
}
function formatDetectable(change) {
  if (change === null) return nothing;
  return change > largestPrintedChange ? `over ${formatChange(1 + largestPrintedChange)}` : formatChange(1 + change);
}

// reports/headline.ts
var order = ["regressed", "invalid", "inconclusive", "improved", "unchanged"];
var meanings = {
  regressed: "At least one row got worse by more than its margin.",
  invalid: "At least one row does not compare what was asked for.",
  inconclusive: "No regression was shown, but it cannot be excluded everywhere.",
  improved: "At least one row got better by more than its margin, and none got worse.",
  unchanged: "Every row stayed within its margin."
};
var places = {
  embedded: "one machine (embedded topology)",
  lab: "emulated hosts (lab topology)",
  inventory: "the hosts of the inventory"
};
function describeHeadline(comparison) {
  const { family } = comparison;
  const total = order.reduce((sum, verdict) => sum + family[verdict], 0);
  const counts = order.filter((verdict) => family[verdict] > 0).map(
    (verdict, index) => `${family[verdict]}${index === 0 ? ` of ${total} ${countWord(total, "row")}` : ""} ${verdict}`
  );
  return {
    title: `${family.verdict.charAt(0).toUpperCase()}${family.verdict.slice(1)}: ${describePair(comparison)}`,
    counts: total === 0 ? "No row could be compared" : counts.join(", "),
    meaning: total === 0 ? "There is nothing to judge." : meanings[family.verdict],
    design: comparison.context === null ? "" : describeDesign(comparison.context)
  };
}
function describePair(comparison) {
  const [baselineName, candidateName] = nameSides(comparison);
  if (comparison.context === null) return `${candidateName} against ${baselineName}`;
  const { baseline, candidate } = comparison.context;
  if (baseline.profile === candidate.profile && baseline.sha256 === candidate.sha256) {
    return `${baseline.profile} against itself (A/A)`;
  }
  return `${candidateName} against ${baselineName}`;
}
function nameSides({ context }) {
  if (context === null) return ["baseline", "candidate"];
  const { baseline, candidate } = context;
  if (baseline.profile !== candidate.profile) return [baseline.profile, candidate.profile];
  return [`${baseline.profile} (baseline)`, `${candidate.profile} (candidate)`];
}
function describeDesign(context) {
  const { plan, topology, interleaved, status } = context;
  const starts = `${plan.deployments}\xA0fresh ${countWord(plan.deployments, "start")}`;
  const samples = `${plan.samples}\xA0${countWord(plan.samples, "sample")}`;
  const alternation = interleaved ? "interleaved" : "the sides from two runs, not interleaved";
  const ending = status === "complete" ? "" : ` The run is ${status}: not everything planned was measured.`;
  return `Plan ${plan.name} on ${places[topology]}: ${joinWords(plan.guests)} over ${joinWords(plan.attachments)}, ${starts} x ${samples} per side and test, ${alternation}.${ending}`;
}
function countWord(count2, word) {
  return count2 === 1 ? word : `${word}s`;
}
function joinWords(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

// node_modules/markdown-table/index.js
function defaultStringLength(value) {
  return value.length;
}
function markdownTable(table, options) {
  const settings = options || {};
  const align = (settings.align || []).concat();
  const stringLength = settings.stringLength || defaultStringLength;
  const alignments = [];
  const cellMatrix = [];
  const sizeMatrix = [];
  const longestCellByColumn = [];
  let mostCellsPerRow = 0;
  let rowIndex = -1;
  while (++rowIndex < table.length) {
    const row2 = [];
    const sizes2 = [];
    let columnIndex2 = -1;
    if (table[rowIndex].length > mostCellsPerRow) {
      mostCellsPerRow = table[rowIndex].length;
    }
    while (++columnIndex2 < table[rowIndex].length) {
      const cell = serialize(table[rowIndex][columnIndex2]);
      if (settings.alignDelimiters !== false) {
        const size = stringLength(cell);
        sizes2[columnIndex2] = size;
        if (longestCellByColumn[columnIndex2] === void 0 || size > longestCellByColumn[columnIndex2]) {
          longestCellByColumn[columnIndex2] = size;
        }
      }
      row2.push(cell);
    }
    cellMatrix[rowIndex] = row2;
    sizeMatrix[rowIndex] = sizes2;
  }
  let columnIndex = -1;
  if (typeof align === "object" && "length" in align) {
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = toAlignment(align[columnIndex]);
    }
  } else {
    const code = toAlignment(align);
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = code;
    }
  }
  columnIndex = -1;
  const row = [];
  const sizes = [];
  while (++columnIndex < mostCellsPerRow) {
    const code = alignments[columnIndex];
    let before = "";
    let after = "";
    if (code === 99) {
      before = ":";
      after = ":";
    } else if (code === 108) {
      before = ":";
    } else if (code === 114) {
      after = ":";
    }
    let size = settings.alignDelimiters === false ? 1 : Math.max(
      1,
      longestCellByColumn[columnIndex] - before.length - after.length
    );
    const cell = before + "-".repeat(size) + after;
    if (settings.alignDelimiters !== false) {
      size = before.length + size + after.length;
      if (size > longestCellByColumn[columnIndex]) {
        longestCellByColumn[columnIndex] = size;
      }
      sizes[columnIndex] = size;
    }
    row[columnIndex] = cell;
  }
  cellMatrix.splice(1, 0, row);
  sizeMatrix.splice(1, 0, sizes);
  rowIndex = -1;
  const lines = [];
  while (++rowIndex < cellMatrix.length) {
    const row2 = cellMatrix[rowIndex];
    const sizes2 = sizeMatrix[rowIndex];
    const cellsInRow = settings.fillRows === false ? Math.max(1, cellMatrix[rowIndex === 1 ? 0 : rowIndex].length) : mostCellsPerRow;
    columnIndex = -1;
    const line = [];
    while (++columnIndex < cellsInRow) {
      const cell = row2[columnIndex] || "";
      let before = "";
      let after = "";
      if (settings.alignDelimiters !== false) {
        const size = longestCellByColumn[columnIndex] - (sizes2[columnIndex] || 0);
        const code = alignments[columnIndex];
        if (code === 114) {
          before = " ".repeat(size);
        } else if (code === 99) {
          const half = size / 2;
          if (size % 2) {
            before = " ".repeat(half + 0.5);
            after = " ".repeat(half - 0.5);
          } else {
            before = " ".repeat(half);
            after = before;
          }
        } else {
          after = " ".repeat(size);
        }
      }
      if (settings.delimiterStart !== false && !columnIndex) {
        line.push("|");
      }
      if (settings.padding !== false && // Don’t add the opening space if we’re not aligning and the cell is
      // empty: there will be a closing space.
      !(settings.alignDelimiters === false && cell === "") && (settings.delimiterStart !== false || columnIndex)) {
        line.push(" ");
      }
      if (settings.alignDelimiters !== false) {
        line.push(before);
      }
      line.push(cell);
      if (settings.alignDelimiters !== false) {
        line.push(after);
      }
      if (settings.padding !== false) {
        line.push(" ");
      }
      if (settings.delimiterEnd !== false || columnIndex !== cellsInRow - 1) {
        line.push("|");
      }
    }
    lines.push(
      settings.delimiterEnd === false ? line.join("").replace(/ +$/, "") : line.join("")
    );
  }
  return lines.join("\n");
}
function serialize(value) {
  return value === null || value === void 0 ? "" : String(value);
}
function toAlignment(value) {
  const code = typeof value === "string" ? value.codePointAt(0) : 0;
  return code === 67 || code === 99 ? 99 : code === 76 || code === 108 ? 108 : code === 82 || code === 114 ? 114 : 0;
}

// reports/cell-columns.ts
var order2 = [
  "test",
  "guest",
  "attachment",
  "metric",
  "better",
  "baseline",
  "candidate",
  "change",
  "verdict",
  "p",
  "detectable"
];
var numeric = ["baseline", "candidate", "change", "p", "detectable"];
function listColumns(cells) {
  const attachments = new Set(cells.map((cell) => readCellName(cell).attachment));
  const isPrimary = cells.every(({ role }) => role === "primary");
  return order2.filter(
    (column) => !(column === "attachment" && attachments.size === 1) && !(column === "metric" && isPrimary)
  );
}
function isNumeric(column) {
  return column !== void 0 && numeric.includes(column);
}

// reports/markdown-parts.ts
var longestOpenList = 5;
function renderCells(cells, { context }) {
  const columns = listColumns(cells);
  const rows = cells.map((cell) => {
    const row = formatCell(cell, context?.plan ?? null);
    return columns.map((column) => named.includes(column) ? row[column] : keepTogether(row[column]));
  });
  return drawTable(
    [columns, ...rows].map((row) => row.map(escapeMarkdown)),
    (index) => isNumeric(columns[index])
  );
}
var named = ["test", "guest", "attachment", "metric"];
function keepTogether(text) {
  return text.replace(/ (?!\()/g, "\xA0");
}
function renderTable({ head, rows, firstNumber = head.length }) {
  const body = rows.map((row) => row.map((text, index) => index < firstNumber ? text : keepTogether(text)));
  return drawTable(
    [head, ...body].map((row) => row.map(escapeMarkdown)),
    (index) => index >= firstNumber
  );
}
function drawTable(rows, isRight) {
  const align = (rows[0] ?? []).map((_, index) => isRight(index) ? "r" : "l");
  return markdownTable(rows, { align, alignDelimiters: false });
}
function renderRemarkBody({ lines, table, longestTable = Infinity }) {
  const list2 = lines.length > longestOpenList ? renderFolded(`${lines.length} entries`, renderList(lines)) : renderList(lines);
  return [
    ...lines.length === 0 ? [] : [lines.length === 1 ? escapeMarkdown(lines[0] ?? "") : list2],
    ...table === void 0 ? [] : [foldTable(table, longestTable)]
  ];
}
function foldTable(table, longest) {
  const drawn = renderTable(table);
  return table.rows.length > longest ? renderFolded(`${table.rows.length} rows`, drawn) : drawn;
}
function renderList(lines) {
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");
}
function renderFolded(title, content) {
  return `<details><summary>${title}</summary>

${content}

</details>`;
}

// reports/comment-words.ts
var dots = {
  regressed: "\u{1F534}",
  invalid: "\u26D4",
  inconclusive: "\u{1F7E1}",
  improved: "\u{1F7E2}",
  unchanged: "\u26AA"
};
function count(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
function shorten(text, most) {
  const letters = [...stripControls(text)];
  return letters.length <= most ? letters.join("") : `${letters.slice(0, most - 1).join("")}\u2026`;
}
function quote(text, most = 300) {
  return escapeMarkdown(shorten(text, most));
}
function describeMinutes(seconds) {
  if (seconds < 90) return "about a minute";
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `about ${minutes} minutes`;
  const hours = Math.round(minutes / 6) / 10;
  return `about ${hours} hours`;
}
function describeMetric({ metric: { name } }) {
  const [, what, part] = /^(latency)_(p\d+|max)$/.exec(name) ?? [];
  if (what === void 0 || part === void 0) return name;
  return part === "max" ? `largest ${what}` : `${part} ${what}`;
}
function describeRow(cell) {
  const name = describeCell(cell);
  return cell.role === "primary" ? name : `${describeMetric(cell)} of ${name}`;
}
function renderLink(text, address) {
  const words = quote(text, 120);
  return /^https?:\/\/[^\s()<>"'\\`[\]|]{1,1000}$/.test(address) ? `[${words}](${address})` : words;
}
function shortSha(sha) {
  return sha.slice(0, 7);
}
function renderAlert(kind, paragraphs) {
  const lines = paragraphs.join("\n\n").split("\n");
  return [`[!${kind}]`, ...lines].map((line) => `> ${line}`.trimEnd()).join("\n");
}

// reports/describe-context.ts
function describeContext({ context, seed }) {
  if (context === null) return [`The values came from files; how they were measured is not known. Seed ${seed}.`];
  return [
    describeMachine(context),
    describeSettings(context),
    describeTools(context),
    describeSamples(context),
    describeBoots(context),
    describeReadiness(context),
    ...context.topology === "embedded" ? [
      "The wire is a stand-in, a veth pair between two namespaces of one machine: it has no line rate and no network card, and the load of the machine moves such figures more than tuning does."
    ] : [],
    ...context.topology === "lab" ? ["The hosts are emulated on one machine: such figures show the way and the order of magnitude, no performance."] : [],
    describeLoad(context),
    describeOrigin(context, seed)
  ].filter((line) => line !== "");
}
function list(label, known) {
  const words = known.filter((word) => word !== void 0 && word !== "");
  return words.length === 0 ? "" : `${label}: ${words.join(", ")}.`;
}
function readFact({ facts }, key, describe) {
  const value = facts[key];
  return value === void 0 || value === "" || value === "unknown" ? void 0 : describe(value);
}
function describeMachine(context) {
  return list("Host", [
    readFact(context, "host.cpu.model", (model) => model),
    readFact(context, "host.cpu.online", (cpus) => `CPUs ${cpus}`),
    readFact(context, "host.memory.gibibytes", (size) => `${size} GiB`),
    readFact(context, "host.kernel.release", (release) => `Linux ${release}`)
  ]);
}
function describeSettings(context) {
  return list("Settings", [
    readFact(context, "host.cpu.governor", (governor) => `governor ${governor}`),
    readFact(context, "host.tcp.congestion_control", (control) => `congestion control ${control}`),
    readFact(context, "host.qdisc.wire", (qdisc) => `qdisc ${qdisc}`),
    readFact(context, "host.mtu.wire", (mtu) => `MTU ${mtu}`)
  ]);
}
var shownTools = [
  "tunegate",
  "netperf",
  "iperf3",
  "iperf2",
  "ping",
  "dockerd",
  "qemu",
  "guest-image",
  "guest-kernel"
];
function describeTools({ versions }) {
  return list(
    "Versions",
    shownTools.map((tool) => versions[tool] === void 0 ? void 0 : `${tool} ${versions[tool]}`)
  );
}
function describeSamples({ plan }) {
  const { ping, tests } = plan;
  const parts = [
    ...tests.some((test) => test !== "ping") ? [`${plan.seconds} s of a test`] : [],
    ...tests.includes("ping") ? [`${ping.count} requests of ping, ${formatQuantity(ping.intervalSeconds, "s")} apart`] : [],
    ...tests.includes("iperf_udp") ? [`iperf_udp offers ${formatQuantity(plan.iperfUdpBitsPerSecond, "bit/s")}`] : []
  ];
  return `One sample: ${parts.join("; ")}.`;
}
function describeBoots({ boots }) {
  if (boots === void 0) return "";
  const { baseline, candidate } = boots;
  const each = baseline === candidate ? `${count(baseline, "boot")} a side` : `${count(baseline, "boot")} of the baseline, ${candidate} of the candidate`;
  return `The host was booted into each side in turn: ${each}, each with one fresh start of every guest. A boot is one observation.`;
}
function describeReadiness({ readySeconds }) {
  return list(
    "Ready after",
    readySeconds.map(({ guest, attachment, median }) => `${guest} over ${attachment} ${formatQuantity(median, "s")}`)
  );
}
function describeLoad({ load }) {
  if (load === null) return "";
  return `Load average of the machine while it was measured: median ${load.median.toFixed(2)}, highest ${load.maximum.toFixed(2)}.`;
}
function describeOrigin({ runs, baseline, candidate }, seed) {
  const side = (name, { profile, sha256, revision }) => `${name} ${profile} ${sha256.slice(0, 12)}${revision === null ? "" : ` at ${revision.slice(0, 12)}`}`;
  return list(runs.length === 1 ? "Run" : "Runs", [
    runs.join(" and "),
    `seed ${seed}`,
    side("baseline", baseline),
    side("candidate", candidate)
  ]);
}

// reports/remarks.ts
function listRemarks(comparison) {
  const remarks = [
    // Data that came without a run have no treatment to speak of.
    ...comparison.context === null ? [] : [describeTreatment(comparison)],
    describeNotApplied(comparison),
    ...comparison.context === null ? [] : [describeProof(comparison)],
    describeEnvironment(comparison),
    { title: "Missing", lines: describeMissing(comparison) },
    { title: "Warnings", lines: describeWarnings(comparison) }
  ];
  return remarks.filter(({ lines, table }) => lines.length > 0 || table !== void 0);
}
function listReasons({ cells }, verdict) {
  const asked = cells.filter((cell) => cell.role === "primary" && cell.verdict === verdict);
  return groupByText(asked.map((cell) => ({ cell, text: cell.reason })));
}
function groupByText(entries) {
  return [...Map.groupBy(entries, ({ text }) => text)].map(
    ([text, group]) => `${group.map(({ cell }) => describeCell(cell)).join(", ")}: ${text}`
  );
}
var notSet = "not set";
function describeTreatment(comparison) {
  const title = "What differs";
  const applied = comparison.parameterDifference.filter(({ applied: applied2 }) => applied2);
  if (applied.length === 0)
    return { title, lines: ["Nothing: both sides have the same parameters in the layers of this run."] };
  const rows = applied.map(({ parameter, baseline, candidate }) => [
    parameter,
    baseline ?? notSet,
    candidate ?? notSet
  ]);
  return { title, lines: [], table: { head: ["parameter", ...nameSides(comparison)], rows } };
}
function describeNotApplied(comparison) {
  const { notApplied, context } = comparison;
  const title = "Not applied in this run";
  if (notApplied.length === 0 || context === null) return { title, lines: [] };
  const rows = [...Map.groupBy(notApplied, ({ parameter }) => parameter)].map(([parameter, settings]) => {
    const on = (wanted) => settings.find(({ side }) => side === wanted)?.value ?? notSet;
    return [parameter, settings[0]?.layer ?? "", on("baseline"), on("candidate")];
  });
  const treated = `layer${context.plan.layers.length === 1 ? "" : "s"} ${joinWords(context.plan.layers)}`;
  return {
    title,
    lines: [`The plan treats the ${treated}; of what the profiles ask for elsewhere this run says nothing.`],
    table: { head: ["parameter", "layer", ...nameSides(comparison)], rows }
  };
}
function describeProof({ treatment }) {
  const { verified, mismatch, unprobed, notApplicable, notVerified } = treatment;
  const total = verified + mismatch + unprobed;
  const others = [
    ...mismatch > 0 ? [`${mismatch} found something else`] : [],
    ...unprobed > 0 ? [`${unprobed} could not be read`] : []
  ];
  const share = others.length === 0 ? `All ${total} probes` : `${verified} of ${total} probes`;
  const ending = others.length === 0 ? "" : `; ${joinWords(others)}`;
  const skipped = notApplicable === 0 ? "" : ` ${notApplicable} more had nothing to apply to.`;
  const summary = `${share} read back from the running system what was asked for${ending}.${skipped}`;
  const lines = [total === 0 ? `Nothing was probed: no parameter of this run asks for anything.${skipped}` : summary];
  const rows = notVerified.filter(({ result }) => result !== "not-applicable").map(({ parameter, side, requested, found, probe, result }) => [parameter, side, requested, found, probe, result]);
  const title = "Proof of treatment";
  if (rows.length === 0) return { title, lines };
  return { title, lines, table: { head: ["parameter", "side", "asked for", "found", "read from", "result"], rows } };
}
function describeEnvironment(comparison) {
  const title = "Environment differences";
  const rows = comparison.environmentDifference.map(({ scope, key, baseline, candidate, declared }) => [
    `${scope} ${key}`,
    baseline === "" ? "empty" : baseline,
    candidate === "" ? "empty" : candidate,
    declared ? "yes" : "no"
  ]);
  if (rows.length === 0) return { title, lines: [] };
  return { title, lines: [], table: { head: ["fact", ...nameSides(comparison), "part of the treatment"], rows } };
}
function describeMissing({ failures, context }) {
  const unsupported = (context?.plan.unsupported ?? []).map(
    ({ guest, attachment, test, reason }) => `${[test ?? "every test", guest, attachment].join(" ")} was not measured: ${reason}`
  );
  const failed = failures.map(
    ({ deployment, side, guest, attachment, test, reason, retried }) => `${[test ?? "start", guest, attachment].join(" ")}, ${side} (${deployment}): ${reason}${retried ? "; a second try succeeded" : ""}`
  );
  return [...unsupported, ...failed];
}
function describeWarnings({ warnings, cells }) {
  const ofRows = cells.filter(({ role }) => role === "primary").flatMap((cell) => cell.warnings.filter((text) => !warnings.includes(text)).map((text) => ({ cell, text })));
  return [...warnings, ...groupByText(ofRows)];
}

// reports/collect-boxes.ts
function collectBoxes(cells, sides) {
  const [first] = cells;
  if (first === void 0) return null;
  const { factor, label } = chooseScale(first.baseline.median || first.candidate.median || 0, first.metric.unit);
  const rows = cells.flatMap((cell) => [
    ...buildRow(cell, cell.baseline, sides[0], factor),
    ...buildRow(cell, cell.candidate, sides[1], factor)
  ]);
  if (rows.length === 0) return null;
  const { guest, test, attachment } = readCellName(first);
  return {
    title: stripControls(test === "" ? guest : `${test} over ${attachment}: ${first.metric.name}`),
    subtitle: `${countValues(cells)} a box, whiskers at the extremes`,
    axis: stripControls(`${label}${label === "" ? "" : ", "}${first.metric.better} is better`),
    sides,
    rows,
    domain: chooseDomain(rows, Math.max(...cells.map(({ margin }) => margin?.value ?? 0)))
  };
}
function buildRow(cell, summary, side, factor) {
  const { minimum, q1, median, q3, maximum } = summary.replies ?? summary;
  if (minimum === null || q1 === null || median === null || q3 === null || maximum === null) return [];
  const scaled = { minimum, q1, median, q3, maximum };
  const entries = Object.entries(scaled).map(([name, value]) => [name, value / factor]);
  return [{ guest: stripControls(readCellName(cell).guest), side, ...Object.fromEntries(entries) }];
}
function countValues(cells) {
  const sides = cells.flatMap(({ baseline, candidate }) => [baseline, candidate]).filter(({ n }) => n > 0);
  const counts = sides.map(({ n, replies }) => replies?.n ?? n);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const what = sides.some(({ replies }) => replies !== null) ? ["reply", "replies"] : ["sample", "samples"];
  return `${fewest === most ? "" : `${fewest} to `}${most} ${what[most === 1 ? 0 : 1]}`;
}
var shownMargins = 6;
function chooseDomain(rows, margin) {
  const low = Math.min(...rows.map(({ minimum }) => minimum));
  const high = Math.max(...rows.map(({ maximum }) => maximum));
  const middle = (low + high) / 2;
  const half = Math.max(high - low, shownMargins * margin * Math.abs(middle)) / 2;
  return [middle - half, middle + half];
}

// reports/guest-ratios.ts
function describeGuestRatios(comparison) {
  const ratios = comparison.guestRatios ?? [];
  if (ratios.length === 0) return null;
  const places2 = Map.groupBy(
    ratios,
    ({ host, test, attachment, guest, reference }) => JSON.stringify([host, test, attachment, guest, reference])
  );
  const head = ["test", "attachment", "guests", "better", ...nameSides(comparison)];
  return {
    title: "One guest as a multiple of another",
    lines: [],
    // Every pair of guests on every test and attachment: 42 rows for a plan that measures everything.
    longestTable: 12,
    table: { head, rows: [...places2.values()].map(buildRow2), firstNumber: head.length - 2 }
  };
}
function buildRow2(ratios) {
  const [first] = ratios;
  if (first === void 0) return [];
  const { host, test, attachment, accelerator, metric } = first;
  const name = (guest) => describeGuest(guest, guest === "qemu" ? accelerator : null);
  const show = (side) => formatRatio(ratios.find((ratio) => ratio.side === side));
  return [
    host === null ? test : `${host}:${test}`,
    attachment,
    `${name(first.guest)} / ${name(first.reference)}`,
    metric.better === "higher" ? "\u2191 higher" : "\u2193 lower",
    show("baseline"),
    show("candidate")
  ];
}
function formatRatio(found) {
  if (found === void 0) return nothing;
  const { estimate, interval95 } = found.ratio;
  const range = interval95 === null ? "" : ` (${interval95.map(formatNumber).join(" to ")})`;
  return `${formatNumber(estimate)} x${range}`;
}

// reports/guest-table.ts
function compareGuests(comparison) {
  const primary = comparison.cells.filter(({ role, id }) => role === "primary" && readPlacement(id) !== null);
  const guests = [...new Set(primary.map((cell) => readCellName(cell).guest))];
  if (guests.length < 2) return null;
  const attachments = new Set(primary.map((cell) => readCellName(cell).attachment));
  const place = attachments.size === 1 ? ["test"] : ["test", "attachment"];
  const rows = Map.groupBy(primary, (cell) => JSON.stringify(place.map((part) => readCellName(cell)[part])));
  const names = nameSides(comparison);
  const over = attachments.size === 1 ? [...attachments].filter(Boolean).map((attachment) => `, over ${attachment}`) : [];
  return {
    title: `Guests side by side${over.join("")}`,
    lines: [],
    table: {
      head: [...place, ...guests.flatMap((guest) => names.map((name) => `${guest}
${name}`))],
      rows: [...rows.values()].map((cells) => buildRow3(cells, place, guests)),
      firstNumber: place.length
    }
  };
}
function buildRow3(cells, place, guests) {
  const [first] = cells;
  if (first === void 0) return [];
  const name = readCellName(first);
  const { unit } = first.metric;
  const scale = chooseScale(first.baseline.median || first.candidate.median || 0, unit);
  const medians = (guest) => readMedians(cells.find((cell) => readCellName(cell).guest === guest));
  const show = (median) => median === null ? nothing : formatQuantity(median, unit, scale);
  return [...place.map((part) => name[part]), ...guests.flatMap((guest) => medians(guest).map(show))];
}
function readMedians(cell) {
  return [cell?.baseline.median ?? null, cell?.candidate.median ?? null];
}

// reports/spread.ts
function describeSpread({ cells }) {
  const tested = cells.filter(({ role, spread }) => role === "primary" && spread.p !== null);
  if (tested.length === 0) return null;
  const changed = tested.filter(({ spread: { verdict } }) => verdict === "improved" || verdict === "regressed");
  const rest = tested.length - changed.length;
  const title = "Spread: how far samples scatter within a fresh start or block";
  const lines = [
    ...rest === 0 ? [] : [`${changed.length === 0 ? "No change shown" : "No other change shown"} in ${rest} of ${tested.length} rows.`]
  ];
  if (changed.length === 0) return { title, lines };
  const head = ["row", "verdict", "candidate / baseline", "p"];
  return { title, lines, table: { head, rows: changed.map(buildRow4), firstNumber: 2 } };
}
function buildRow4(cell) {
  const { ratio, interval95, verdict, p, pAdjusted } = cell.spread;
  const range = interval95 === null ? "" : ` (${interval95.map(formatNumber).join(" to ")})`;
  return [
    describeCell(cell),
    verdict === "improved" ? "\u25B2 steadier" : "\u25BC less steady",
    ratio === null ? nothing : `${formatNumber(ratio)} x${range}`,
    formatP(pAdjusted ?? p)
  ];
}

// reports/test-headlines.ts
function describeTestHeadlines({ headlines = [] }) {
  const joint = headlines.filter(({ cells }) => cells > 1);
  if (joint.length === 0) return null;
  const head = ["test", "rows", "better", "change", "p"];
  const rows = joint.map(({ test, metric, cells, ratio: { estimate, interval95 }, p }) => [
    test ?? metric.name,
    String(cells),
    metric.better === "higher" ? "\u2191 higher" : "\u2193 lower",
    formatChange(estimate) + (interval95 === null ? "" : ` (${interval95.map(formatPercent).join(" to ")})`),
    formatP(p)
  ]);
  return {
    title: "Each test over all its rows",
    lines: ["One test for all rows of a test together; p is not adjusted, and decides nothing."],
    table: { head, rows, firstNumber: 3 }
  };
}

export {
  dots,
  count,
  shorten,
  quote,
  describeMinutes,
  describeMetric,
  describeRow,
  renderLink,
  shortSha,
  renderAlert,
  nothing,
  describeColumns,
  describeChange,
  formatDetectable,
  describeHeadline,
  nameSides,
  joinWords,
  longestOpenList,
  renderCells,
  keepTogether,
  drawTable,
  renderRemarkBody,
  renderList,
  renderFolded,
  describeContext,
  describeGuestRatios,
  compareGuests,
  listRemarks,
  listReasons,
  describeNotApplied,
  describeProof,
  describeEnvironment,
  describeMissing,
  describeWarnings,
  describeSpread,
  describeTestHeadlines,
  collectBoxes,
  chooseDomain
};
