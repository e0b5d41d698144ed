// Rules against text that ties the tree to one machine: absolute paths and package registries.

import { finding, type FileRule } from "./source.js";

// A path of one machine, not a part of an address or of a longer path.
const MACHINE_PATH = /(?<![\w.~-])\/(?:work|tmp|root|home)\//;

export const machinePath: FileRule = (of) =>
  of.lines.flatMap((line, i) => {
    const path = MACHINE_PATH.exec(line)?.[0];
    if (path === undefined) return [];
    return [finding(of, i + 1, `path of one machine, ${path}; make it relative or ask node:os`)];
  });

const REGISTRY = [
  /\bregistry\.(?:[\w-]+\.)+(?:org|com|io|net|dev|cn|lan|local)\b/i,
  /\b(?:pypi|npmjs|crates|rubygems|proxy\.golang)\.(?:org|com|io)\b/i,
  /\b(?:deb|archive|security|ports|snapshot)\.(?:debian|ubuntu)\.(?:org|com)\b/i,
  /^\s*(?:@[\w-]+:)?registry\s*=/,
  /"resolved":\s*"\w+:\/\//,
];

export const registryHost: FileRule = (of) =>
  of.lines.flatMap((line, i) => {
    const found = REGISTRY.map((pattern) => pattern.exec(line)?.[0].trim()).find(Boolean);
    if (found === undefined) return [];
    const text = `names a package registry, ${found}; leave the choice to the machine's settings`;
    return [finding(of, i + 1, text)];
  });
