// The elements of QCVN 102 that are not attachments, as a table in the order of the standard's paragraphs. Reading
// matches it in any order, writing follows it; it holds no code.

export type Shape =
  | { readonly kind: 'text' | 'date' | 'timestamp' | 'element' }
  | { readonly kind: 'group'; readonly fields: readonly Field[]; readonly attributes?: readonly string[] };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  /** May be repeated: always an array. */
  readonly many?: true;
  /** Other spellings that are read. */
  readonly aliases?: readonly string[];
}

const text: Shape = { kind: 'text' };
const date: Shape = { kind: 'date' };
const timestamp: Shape = { kind: 'timestamp' };
const group = (...fields: readonly Field[]): Shape => ({ kind: 'group', fields });
const one = (name: string, shape: Shape = text): Field => ({ name, shape });
const many = (name: string, shape: Shape = text): Field => ({ name, shape, many: true });
const texts = (...names: readonly string[]): readonly Field[] => names.map((name) => one(name));

const organization = group(
  one('OrganId'),
  { ...one('OrganizationInCharge'), aliases: ['OrganInCharge'] },
  ...texts('OrganName', 'OrganAdd', 'Email', 'Telephone', 'Fax', 'Website'),
);
const staffInfo = group(...texts('Department', 'DepartmentId', 'Staff', 'StaffId', 'Email', 'Mobile'));
const responseFor = group(one('OrganId'), one('Code'), one('DocumentId'), one('PromulgationDate', date));
const signature: Field = { name: 'Signature', shape: { kind: 'element' }, aliases: ['DigitalSignature'] };

/** MessageHeader of a document (§1.1 to §1.14, then the extensions). */
export const documentHeaderShape = group(
  one('From', organization),
  many('To', organization),
  one('Code', group(one('CodeNumber'), one('CodeNotation'))),
  one('PromulgationInfo', group(one('Place'), one('PromulgationDate', date))),
  one('DocumentType', group(one('Type'), one('TypeName'), one('TypeDetail'))),
  one('Subject'),
  one('Content'),
  one('SignerInfo', group(...texts('Competence', 'Position', 'FullName'))),
  one('DueDate', date),
  one('ToPlaces', group(many('Place'))),
  one(
    'OtherInfo',
    group(
      ...texts('Priority', 'SphereOfPromulgation', 'TyperNotation', 'PromulgationAmount', 'PageAmount'),
      one('Appendixes', group(many('Appendix'))),
      ...texts('ReplyFors', 'Direction', 'ReferenceCodes'),
    ),
  ),
  many('ResponseFor', responseFor),
  one('SteeringType'),
  one('DocumentId'),
  one('ResponseForTask', group(many('TaskCode'))),
  one('ApplicationType'),
);

/** MessageHeader of a status package, in the documented order. */
export const statusHeaderShape = group(
  one('ResponseFor', responseFor),
  one('From', organization),
  one('StatusCode'),
  one('Description'),
  one('Timestamp', timestamp),
  one('StaffInfo', staffInfo),
);

/** TraceHeaderList (§2), TraceHeader first. */
export const traceShape: Shape = {
  kind: 'group',
  attributes: ['id', 'version', 'mustUnderstand', 'actor'],
  fields: [
    many('TraceHeader', group(one('OrganId'), one('Timestamp', timestamp))),
    {
      name: 'Bussiness',
      aliases: ['Business'],
      shape: group(
        { ...one('BussinessDocType'), aliases: ['BusinessDocType'] },
        { ...one('BussinessDocReason'), aliases: ['BusinessDocReason'] },
        {
          ...many(
            'BussinessDocumentInfo',
            group(
              ...texts('DocumentInfo', 'DocumentReceiver'),
              one('ReceiverList', group(many('Receiver', group(...texts('OrganId', 'ReceiverType'))))),
            ),
          ),
          aliases: ['BusinessDocumentInfo'],
        },
        one('DocumentId'),
        many('StaffInfo', staffInfo),
        one('Paper'),
        many(
          'ReplacementInfoList',
          group(
            many('ReplacementInfo', group(one('DocumentId'), one('OrganIdList', group(many('OrganId'))))),
          ),
        ),
      ),
    },
    one('Paper'),
  ],
};

/** What stands in edXMLHeader. */
export const signatureField = signature;
