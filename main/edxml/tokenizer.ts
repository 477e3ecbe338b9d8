// XML tokens of one package from UTF-8 bytes, over saxes. Base64 text goes past saxes as bytes, because saxes would gather
// a whole text node as one string. It refuses DTDs and entities and enforces depth, field and package sizes; it knows no element.
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { Failure, isFailure } from '../../preload/contract/failure';
import { checkDeclaredEncoding } from './encoding';
import type { EdxmlLimits } from './limits';

export interface OpenTag {
  readonly name: string;
  readonly namespace: string;
  /** Keys are local names, `{namespace}local` with a namespace; declarations of namespaces are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  /** URIs that this tag itself declares. */
  readonly declared: readonly string[];
}

export interface TokenHandler {
  /** Returns true when the text right inside this element is Base64, to be given to `data` instead of `text`. */
  open(tag: OpenTag): boolean;
  close(): void;
  text(text: string): void;
  data(bytes: Uint8Array): void;
}

const less = 0x3c;
const greater = 0x3e;
const ampersand = 0x26;
const semicolon = 0x3b;
const closeBracket = 0x5d;
const sectionStart = Buffer.from('<![CDATA[', 'latin1');
const sectionEnd = Buffer.from(']]>', 'latin1');
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

function attributeKey(attribute: SaxesAttributeNS): string {
  return attribute.uri === '' ? attribute.local : `{${attribute.uri}}${attribute.local}`;
}

function openTag(tag: SaxesTagNS): OpenTag {
  const attributes: Record<string, string> = {};
  const declared: string[] = [];
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.uri === xmlnsNamespace || attribute.name === 'xmlns') declared.push(attribute.value);
    else attributes[attributeKey(attribute)] = attribute.value;
  }
  return { name: tag.local, namespace: tag.uri, attributes, declared };
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}

/** Offset of the first `<` or `&`, or the length. */
function markupStart(some: Uint8Array): number {
  // A Buffer's search is many times as fast as an array's.
  const bytes = Buffer.from(some.buffer, some.byteOffset, some.byteLength);
  const tag = bytes.indexOf(less);
  const entity = bytes.subarray(0, tag < 0 ? bytes.length : tag).indexOf(ampersand);
  if (entity >= 0) return entity;
  return tag < 0 ? bytes.length : tag;
}

export class Tokenizer {
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  /** For each open element whether its text is Base64. */
  readonly #open: boolean[] = [];
  #sinceToken = 0;
  #total = 0;
  /** True while saxes stands right after a tag, so that text may go past it. */
  #betweenTags = false;
  /** The bytes of a character reference that began in Base64 text. */
  #reference: number[] | undefined;
  /** Inside a CDATA section that goes past saxes. */
  #inSection = false;
  /** Bytes that may begin `<![CDATA[` or `]]>`, waiting for more. */
  #held: Uint8Array = new Uint8Array(0);
  #started = false;
  #ended = false;

  constructor(
    private readonly handler: TokenHandler,
    private readonly limits: EdxmlLimits,
  ) {
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse(error.message));
    parser.on('doctype', () => {
      throw new Failure('edxml-doctype', 'document type declaration');
    });
    parser.on('xmldecl', (declaration) => {
      if (declaration.encoding !== undefined) checkDeclaredEncoding(declaration.encoding);
    });
    parser.on('opentag', (tag) => this.#opened(openTag(tag)));
    parser.on('closetag', () => {
      this.#sinceToken = 0;
      this.#open.pop();
      this.handler.close();
    });
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    for (const name of ['comment', 'processinginstruction'] as const) {
      parser.on(name, () => {
        this.#sinceToken = 0;
      });
    }
  }

  /** Takes the next UTF-8 bytes. Throws a Failure of the room. */
  write(bytes: Uint8Array): void {
    this.#total += bytes.length;
    if (this.#total > this.limits.packageBytes)
      throw new Failure('edxml-size', `${this.limits.packageBytes} bytes`);
    const begun = this.#started ? bytes : this.#afterBlanks(bytes);
    let rest = this.#held.length === 0 ? begun : Buffer.concat([this.#held, begun]);
    this.#held = new Uint8Array(0);
    while (rest.length > 0) {
      if (this.#inBase64 && this.#betweenTags) rest = this.#pastSaxes(rest);
      else rest = this.#throughSaxes(rest);
    }
  }

  /** White space before the XML declaration is no XML, but gateways put it there. */
  #afterBlanks(bytes: Uint8Array): Uint8Array {
    const start = bytes.findIndex((byte) => ![9, 10, 13, 32].includes(byte));
    this.#started = start >= 0;
    return start < 0 ? bytes.subarray(bytes.length) : bytes.subarray(start);
  }

  /** Ends the package. Throws Failure `edxml-truncated` when an element is open. */
  end(): void {
    if (this.#reference !== undefined || this.#inSection || this.#held.length > 0) {
      throw new Failure('edxml-truncated', 'inside Base64');
    }
    this.#ended = true;
    this.#guard(() => {
      const last = this.#decoder.decode();
      if (last !== '') this.#parser.write(last);
      this.#parser.close();
    });
  }

  get #inBase64(): boolean {
    return this.#open.at(-1) === true;
  }

  #opened(tag: OpenTag): void {
    this.#sinceToken = 0;
    if (this.#open.length >= this.limits.depth)
      throw new Failure('edxml-depth', `${this.limits.depth} levels`);
    for (const value of Object.values(tag.attributes)) this.#checkLength(value);
    this.#open.push(false);
    this.#open[this.#open.length - 1] = this.handler.open(tag);
  }

  #checkLength(text: string): void {
    if (text.length > this.limits.fieldBytes)
      throw new Failure('edxml-text', `${this.limits.fieldBytes} bytes`);
  }

  #text(text: string): void {
    this.#sinceToken = 0;
    this.#checkLength(text);
    if (this.#inBase64) this.handler.data(Buffer.from(text, 'utf8'));
    else this.handler.text(text);
  }

  /** Base64 text up to the next tag; references and CDATA sections are resolved here. Returns what is left. */
  #pastSaxes(bytes: Uint8Array): Uint8Array {
    if (this.#reference !== undefined) return this.#continueReference(bytes, this.#reference);
    if (this.#inSection) return this.#continueSection(bytes);
    const end = markupStart(bytes);
    if (end > 0) this.handler.data(bytes.subarray(0, end));
    if (end === bytes.length) return bytes.subarray(end);
    if (bytes[end] === ampersand) {
      this.#reference = [];
      return bytes.subarray(end + 1);
    }
    const markup = bytes.subarray(end);
    if (startsWith(markup, sectionStart)) {
      this.#inSection = true;
      return markup.subarray(sectionStart.length);
    }
    if (startsWith(sectionStart, markup)) return this.#hold(markup);
    this.#betweenTags = false;
    return markup;
  }

  #continueSection(bytes: Uint8Array): Uint8Array {
    const end = bytes.indexOf(closeBracket);
    if (end < 0) {
      this.handler.data(bytes);
      return bytes.subarray(bytes.length);
    }
    if (end > 0) this.handler.data(bytes.subarray(0, end));
    const markup = bytes.subarray(end);
    if (startsWith(markup, sectionEnd)) {
      this.#inSection = false;
      return markup.subarray(sectionEnd.length);
    }
    if (startsWith(sectionEnd, markup)) return this.#hold(markup);
    throw new Failure('edxml-base64', 'bracket inside Base64');
  }

  #hold(bytes: Uint8Array): Uint8Array {
    this.#held = Uint8Array.from(bytes);
    return bytes.subarray(bytes.length);
  }

  #continueReference(bytes: Uint8Array, name: number[]): Uint8Array {
    for (const [index, byte] of bytes.entries()) {
      if (byte === semicolon) {
        this.#reference = undefined;
        const match = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(String.fromCharCode(...name));
        const code =
          match === null
            ? Number.NaN
            : match[1] === undefined
              ? Number(match[2])
              : Number.parseInt(match[1], 16);
        if (!(code < 128)) throw new Failure('edxml-base64', 'reference inside Base64');
        this.handler.data(Uint8Array.of(code));
        return bytes.subarray(index + 1);
      }
      name.push(byte);
      if (name.length > 8) throw new Failure('edxml-base64', 'reference inside Base64');
    }
    return bytes.subarray(bytes.length);
  }

  /**
   * Feeds saxes up to the last `>`: if that ended the start tag of a Base64 element, the text after it can go past
   * saxes. Returns what is left.
   */
  #throughSaxes(bytes: Uint8Array): Uint8Array {
    const last = bytes.lastIndexOf(greater);
    this.#feed(last < 0 ? bytes : bytes.subarray(0, last + 1));
    this.#betweenTags = last >= 0;
    const rest = bytes.subarray(last < 0 ? bytes.length : last + 1);
    if (rest.length === 0 || this.#inBase64) return rest;
    this.#feed(rest);
    this.#betweenTags = false;
    return rest.subarray(rest.length);
  }

  #feed(piece: Uint8Array): void {
    this.#sinceToken += piece.length;
    this.#guard(() => {
      this.#parser.write(this.#decoder.decode(piece, { stream: true }));
    });
    if (this.#sinceToken > this.limits.fieldBytes) {
      throw new Failure('edxml-text', `${this.limits.fieldBytes} bytes`);
    }
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (isFailure(error)) throw error;
      if (error instanceof TypeError) throw new Failure('edxml-encoding', 'invalid UTF-8', { cause: error });
      throw error;
    }
  }

  #refuse(message: string): never {
    const place = `line ${this.#parser.line}, column ${this.#parser.column}`;
    if (message.includes('undefined entity')) throw new Failure('edxml-doctype', place);
    if (message.includes('unbound namespace prefix')) throw new Failure('edxml-namespace', place);
    if (this.#ended && this.#open.length > 0) throw new Failure('edxml-truncated', place);
    throw new Failure('edxml-not-xml', place);
  }
}
