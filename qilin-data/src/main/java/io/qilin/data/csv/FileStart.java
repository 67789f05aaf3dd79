package io.qilin.data.csv;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/** What the first bytes of a file say about it. */
enum FileStart {
  /** Nothing but text. */
  TEXT(""),
  /** A UTF-8 byte-order mark. */
  UTF8_MARK("UTF-8 with a byte-order mark", 0xef, 0xbb, 0xbf),
  /** A UTF-32 byte-order mark, little-endian; it begins like the one of UTF-16. */
  UTF32_LE("UTF-32", 0xff, 0xfe, 0, 0),
  /** A UTF-32 byte-order mark, big-endian. */
  UTF32_BE("UTF-32", 0, 0, 0xfe, 0xff),
  /** A UTF-16 byte-order mark, little-endian. */
  UTF16_LE("UTF-16", 0xff, 0xfe),
  /** A UTF-16 byte-order mark, big-endian. */
  UTF16_BE("UTF-16", 0xfe, 0xff),
  /** A zip archive, which an Excel workbook is too. */
  ZIP("a zip archive or an Excel workbook", 'P', 'K', 3, 4),
  /** An Excel workbook of before 2007. */
  OLE("an Excel workbook", 0xd0, 0xcf, 0x11, 0xe0),
  /** A Parquet file. */
  PARQUET("a Parquet file", 'P', 'A', 'R', '1'),
  /** A gzip file inside the one that was decompressed. */
  GZIP("a gzip file inside a gzip file", 0x1f, 0x8b);

  private final String what;
  private final int[] bytes;

  FileStart(String what, int... bytes) {
    this.what = what;
    this.bytes = bytes;
  }

  /** What the buffer begins with. */
  static FileStart of(ByteBuffer buffer) {
    for (FileStart start : values()) {
      if (start != TEXT && start.begins(buffer)) {
        return start;
      }
    }
    return TEXT;
  }

  private boolean begins(ByteBuffer buffer) {
    if (buffer.remaining() < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((buffer.get(buffer.position() + i) & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Why the file is refused. */
  String problem(Charset declared) {
    return "the file is "
        + what
        + ", not "
        + declared.name()
        + (this == UTF8_MARK ? "; set the charset UTF-8" : "; save it as CSV in UTF-8");
  }
}
