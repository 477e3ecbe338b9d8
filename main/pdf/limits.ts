// How much of a file the reader is willing to believe. Nothing here reads.

export const limits = {
  /** ISO 32000-1 annex C: the largest object number of the known implementations. */
  objectNumber: 8_388_607,
  /** Nesting of arrays and dictionaries in one object. */
  nesting: 256,
  /** Bytes of one object without its stream. */
  objectBytes: 64 * 1024 * 1024,
  /** Bytes of one decoded cross-reference or object stream. */
  decodedBytes: 128 * 1024 * 1024,
  /** Bytes decoded from one file in all: a small file must not keep a machine busy for minutes. */
  decodedTotal: 1024 * 1024 * 1024,
  /** Cross-reference sections in one file. */
  sections: 4096,
  /** Runs of one section that hold the same numbers; honest files have none, or a few by mistake. */
  overlappingRuns: 64,
  /** References followed from one value to the next. */
  referenceChain: 32,
  /** Depth of the page tree and of the field tree. */
  treeDepth: 256,
  /** Nodes of one page tree or field tree. */
  treeNodes: 250_000,
  /** The header must begin in the first bytes, the end marks must be found in the last. */
  headerWindow: 1024,
  tailWindow: 64 * 1024,
  /** Bytes of parsed objects and of decoded object streams that are kept. */
  objectCache: 8 * 1024 * 1024,
  objectStreamCache: 32 * 1024 * 1024,
} as const;
