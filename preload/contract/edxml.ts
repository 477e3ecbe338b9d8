// A QCVN 102 package as values: keys are spelled as the elements of the standard. Schemas and their types, no behaviour.
//
// Every value is a string, exactly as on the wire after trimming ("01", "0", "false"): status and item codes have leading
// zeros that a number would lose. Dates stand as `yyyy/MM/dd`, timestamps as `yyyy/MM/dd HH:mm:ss`; one that cannot be
// read stays as it came. Absent and empty mean the same, so an empty element is left out; what may be repeated is always
// an array. A number, a boolean, null or a single value in place of an array is accepted on input.
import { z } from 'zod';

const text = z
  .union([
    z.string(),
    z.number().transform(String),
    z.boolean().transform(String),
    z.null().transform(() => undefined),
  ])
  .optional();

const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([
      z.array(schema),
      z.null().transform((): z.output<Schema>[] => []),
      schema.transform((one): z.output<Schema>[] => [one]),
    ])
    .default((): z.output<Schema>[] => []);

const textList = listOf(z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]));

/** An element kept as it is: unknown ones, and Signature. `namespace` is left out when it is that of QCVN 102. */
export interface XmlElement {
  name: string;
  namespace?: string | undefined;
  /** Keys are local names, `{namespace}local` when they have a namespace. */
  attributes?: Record<string, string> | undefined;
  text?: string | undefined;
  children?: XmlElement[] | undefined;
}

const attributes = z.record(z.string(), z.string()).optional();

export const xmlElement: z.ZodType<XmlElement> = z.lazy(() =>
  z.strictObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
    attributes,
    text: z.string().optional(),
    children: z.array(xmlElement).optional(),
  }),
);

/**
 * What the standard does not name, kept so that nothing is lost. `path` is made of local names from below the root; its
 * last step is an element's name, `@name` for an attribute or `text()` for text beside elements. Parents that may be
 * repeated carry a number from 1: `edXMLEnvelope/edXMLHeader/MessageHeader/To[2]/Remark`.
 */
export const unknownPart = z.strictObject({
  path: z.string().min(1),
  namespace: z.string().optional(),
  attributes,
  text: z.string().optional(),
  children: z.array(xmlElement).optional(),
});
export type UnknownPart = z.infer<typeof unknownPart>;

export const organization = z.strictObject({
  OrganId: text,
  OrganizationInCharge: text,
  OrganName: text,
  OrganAdd: text,
  Email: text,
  Telephone: text,
  Fax: text,
  Website: text,
});
export type Organization = z.infer<typeof organization>;

export const staffInfo = z.strictObject({
  Department: text,
  DepartmentId: text,
  Staff: text,
  StaffId: text,
  Email: text,
  Mobile: text,
});
export type StaffInfo = z.infer<typeof staffInfo>;

export const responseForElement = z.strictObject({
  OrganId: text,
  Code: text,
  DocumentId: text,
  PromulgationDate: text,
});
export type ResponseForElement = z.infer<typeof responseForElement>;

/** MessageHeader of a document, QCVN 102 §1. */
export const documentHeader = z.strictObject({
  From: organization.optional(),
  To: listOf(organization),
  Code: z.strictObject({ CodeNumber: text, CodeNotation: text }).optional(),
  PromulgationInfo: z.strictObject({ Place: text, PromulgationDate: text }).optional(),
  DocumentType: z.strictObject({ Type: text, TypeName: text, TypeDetail: text }).optional(),
  Subject: text,
  Content: text,
  SignerInfo: z.strictObject({ Competence: text, Position: text, FullName: text }).optional(),
  DueDate: text,
  ToPlaces: z.strictObject({ Place: textList }).optional(),
  OtherInfo: z
    .strictObject({
      Priority: text,
      SphereOfPromulgation: text,
      TyperNotation: text,
      PromulgationAmount: text,
      PageAmount: text,
      Appendixes: z.strictObject({ Appendix: textList }).optional(),
      ReplyFors: text,
      Direction: text,
      ReferenceCodes: text,
    })
    .optional(),
  ResponseFor: listOf(responseForElement),
  SteeringType: text,
  DocumentId: text,
  ResponseForTask: z.strictObject({ TaskCode: textList }).optional(),
  ApplicationType: text,
  /** The header's Signature (or DigitalSignature) element, kept whole; it proves nothing by itself. */
  Signature: xmlElement.optional(),
});
export type DocumentHeader = z.infer<typeof documentHeader>;

/** MessageHeader of a status package. */
export const statusHeader = z.strictObject({
  ResponseFor: responseForElement.optional(),
  From: organization.optional(),
  StatusCode: text,
  Description: text,
  Timestamp: text,
  StaffInfo: staffInfo.optional(),
  Signature: xmlElement.optional(),
});
export type StatusHeader = z.infer<typeof statusHeader>;

/** TraceHeaderList, QCVN 102 §2; the attribute `version` is left out when it is 1.0. */
export const traceHeaderList = z.strictObject({
  id: text,
  version: text,
  mustUnderstand: text,
  actor: text,
  TraceHeader: listOf(z.strictObject({ OrganId: text, Timestamp: text })),
  Bussiness: z
    .strictObject({
      BussinessDocType: text,
      BussinessDocReason: text,
      BussinessDocumentInfo: listOf(
        z.strictObject({
          DocumentInfo: text,
          DocumentReceiver: text,
          ReceiverList: z
            .strictObject({ Receiver: listOf(z.strictObject({ OrganId: text, ReceiverType: text })) })
            .optional(),
        }),
      ),
      DocumentId: text,
      StaffInfo: listOf(staffInfo),
      Paper: text,
      ReplacementInfoList: listOf(
        z.strictObject({
          ReplacementInfo: listOf(
            z.strictObject({
              DocumentId: text,
              OrganIdList: z.strictObject({ OrganId: textList }).optional(),
            }),
          ),
        }),
      ),
    })
    .optional(),
  Paper: text,
});
export type TraceHeaderList = z.infer<typeof traceHeaderList>;

/** Bytes that lie in a file: `path` counts from the caller's folder. */
export const storedBytes = z.strictObject({
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().nonnegative(),
});
export type StoredBytes = z.infer<typeof storedBytes>;

/** Everything about an attachment but its bytes. `contentId` is without `cid:` and angle brackets; `contentType` is as on the wire. */
export const attachmentMeta = z.strictObject({
  contentId: text,
  name: text,
  description: text,
  contentType: text,
  /** FieldName and MimeType of older writers. */
  fieldName: text,
  mimeType: text,
  /** Set by reading alone: why the bytes are not what the ContentType promises; they are then the raw ones. */
  code: z.string().optional(),
});
export type AttachmentMeta = z.infer<typeof attachmentMeta>;

/** A file as input names it: digest and size are checked when they are given. */
export const givenBytes = storedBytes.partial({ sha256: true, size: true });
export type GivenBytes = z.infer<typeof givenBytes>;

/** An attachment in JSON: standard Base64, or a file. */
export const attachmentJson = attachmentMeta.extend({ bytes: z.union([z.string(), givenBytes]) });
export type AttachmentJson = z.infer<typeof attachmentJson>;

const parts = { attachments: listOf(attachmentJson), unknown: listOf(unknownPart) };

/** A package in JSON, as `edxml read` prints it and `edxml write` takes it. */
export const packageJson = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('edoc'),
    header: documentHeader,
    trace: traceHeaderList.nullable().default(null),
    ...parts,
  }),
  z.strictObject({
    kind: z.literal('status'),
    header: statusHeader,
    trace: traceHeaderList.nullable().default(null),
    ...parts,
  }),
]);
export type PackageJson = z.infer<typeof packageJson>;

export type Attachment<Body> = AttachmentMeta & { bytes: Body };

interface PackageParts<Body> {
  trace: TraceHeaderList | null;
  attachments: Attachment<Body>[];
  unknown: UnknownPart[];
}

/** A document package whose attachments' bytes are held as `Body` (Base64, a stored blob, a stream). */
export type DocumentPackage<Body> = { kind: 'edoc'; header: DocumentHeader } & PackageParts<Body>;
/** A status package. It has no attachments and no trace of its own; what a stranger put there is kept. */
export type StatusPackage<Body> = { kind: 'status'; header: StatusHeader } & PackageParts<Body>;
export type EdxmlPackage<Body> = DocumentPackage<Body> | StatusPackage<Body>;
