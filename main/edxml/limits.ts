// What one package may cost. Plain numbers; each is enforced where the bytes pass.

export interface EdxmlLimits {
  /** Nesting of elements. The deepest path of QCVN 102 has 10. */
  readonly depth: number;
  /** Bytes of one field: a text, an attribute, a comment. Base64 is not counted here. */
  readonly fieldBytes: number;
  /** Elements in the whole package. */
  readonly elements: number;
  /** Bytes of the package. */
  readonly packageBytes: number;
  readonly attachments: number;
  /** Bytes that all zip-wrapped attachments may inflate to together. */
  readonly inflatedBytes: number;
  /** Inflated over deflated bytes of one attachment, looked at above `inflationFloor`. */
  readonly inflationRatio: number;
  readonly inflationFloor: number;
}

export const defaultLimits: EdxmlLimits = {
  depth: 64,
  fieldBytes: 1 << 20,
  elements: 200_000,
  packageBytes: 2 * 1024 ** 3,
  attachments: 500,
  inflatedBytes: 2 * 1024 ** 3,
  inflationRatio: 200,
  inflationFloor: 256 << 20,
};
