import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive that may lie about itself. */
export interface ZipFile {
  readonly name: string;
  readonly content?: Buffer | string;
  /** What the list of files says of it, in place of the truth. */
  readonly claims?: {
    readonly size?: number;
    readonly crc?: number;
    readonly method?: number;
    readonly flags?: number;
  };
  /** Type and permissions as in stat(2), such as 0o120777 for a link. */
  readonly mode?: number;
}

/** A ZIP archive, byte by byte, so that it can be as broken or hostile as a test wants it. */
export function buildZip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { local, central } = buildEntry(file, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function buildEntry({ name, content = '', claims = {}, mode = 0o100644 }: ZipFile, offset: number) {
  const bytes = Buffer.from(content);
  const packed = deflateRawSync(bytes);
  const path = Buffer.from(name);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(claims.flags ?? 0, 2);
  fields.writeUInt16LE(claims.method ?? 8, 4);
  fields.writeUInt32LE(claims.crc ?? crc32(bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(claims.size ?? bytes.length, 18);
  fields.writeUInt16LE(path.length, 22);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(0x0314, 4);
  fields.copy(central, 6);
  central.writeUInt32LE((mode << 16) >>> 0, 38);
  central.writeUInt32LE(offset, 42);
  const signature = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
  return {
    local: Buffer.concat([signature, fields, path, packed]),
    central: Buffer.concat([central, path]),
  };
}
