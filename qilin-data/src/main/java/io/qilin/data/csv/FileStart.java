package io.qilin.data.csv;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/** What the first bytes of a file say about it. */
enum FileStart {
  /** Nothing but text. */
  TEXT("", ""),
  /** A UTF-8 byte-order mark. */
  UTF8_MARK("UTF-8 with a byte-order mark", "\u00ef\u00bb\u00bf"),
  /** A UTF-32 byte-order mark, little-endian; it begins like the one of UTF-16. */
  UTF32_LE("UTF-32", "\u00ff\u00fe\0\0"),
  /** A UTF-32 byte-order mark, big-endian. */
  UTF32_BE("UTF-32", "\0\0\u00fe\u00ff"),
  /** A UTF-16 byte-order mark, little-endian. */
  UTF16_LE("UTF-16", "\u00ff\u00fe"),
  /** A UTF-16 byte-order mark, big-endian. */
  UTF16_BE("UTF-16", "\u00fe\u00ff"),
  /** A zip archive, which an Excel workbook is too. */
  ZIP("a zip archive or an Excel workbook", "PK\u0003\u0004"),
  /** An Excel workbook of before 2007. */
  OLE("an Excel workbook", "\u00d0\u00cf\u0011\u00e0"),
  /** A Parquet file. */
  PARQUET("a Parquet file", "PAR1"),
  /** A gzip file inside the one that was decompressed. */
  GZIP("a gzip file inside a gzip file", "\u001f\u008b");

  private final String what;

  /** The bytes, one a character. */
  private final String bytes;

  FileStart(String what, String bytes) {
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
    if (buffer.remaining() < bytes.length()) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      if ((buffer.get(buffer.position() + i) & 0xff) != bytes.charAt(i)) {
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
