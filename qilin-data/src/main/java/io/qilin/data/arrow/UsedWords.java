package io.qilin.data.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TextColumn;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The words of a text column that stand in a row, as UTF-8. All of them can be written. */
final class UsedWords {
  private static final long MOST = Integer.MAX_VALUE - 64L;
  private static final byte[] NOTHING = {};

  private final byte[][] bytes;
  private final long textBytes;
  private final long wordBytes;
  private final int used;

  private UsedWords(byte[][] bytes, long textBytes, long wordBytes, int used) {
    this.bytes = bytes;
    this.textBytes = textBytes;
    this.wordBytes = wordBytes;
    this.used = used;
  }

  /**
   * The words of a column.
   *
   * @throws QilinException INVALID_ARGUMENT for half a surrogate pair; LIMIT_EXCEEDED for more than 2 GB of text
   */
  static UsedWords of(String name, TextColumn column) {
    List<String> words = column.words();
    byte[][] bytes = new byte[words.size()][];
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    long text = 0;
    long all = 0;
    int used = 0;
    for (int row = 0; row < column.rows(); row++) {
      int code = column.code(row);
      if (code == TextColumn.UNKNOWN) {
        continue;
      }
      if (bytes[code] == null) {
        bytes[code] = encoded(encoder, words.get(code), name, row);
        all += bytes[code].length;
        used++;
      }
      text += bytes[code].length;
    }
    if (text > MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "column " + QilinException.quote(name) + " has " + text
              + " bytes of text, which do not fit a batch; write several batches");
    }
    return new UsedWords(bytes, text, all, used);
  }

  private static byte[] encoded(CharsetEncoder encoder, String text, String name, int row) {
    if (!encoder.canEncode(text)) {
      throw QilinException.invalid("column " + QilinException.quote(name) + ", row " + row
          + ": a text with half a surrogate pair cannot be written: "
          + QilinException.quote(text));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the column is smaller as a dictionary and references to it. */
  boolean isSmallerAsDictionary() {
    return 4L * used + 4 + wordBytes < textBytes;
  }

  boolean isUsed(int code) {
    return bytes[code] != null;
  }

  int size() {
    return bytes.length;
  }

  byte[] bytes(int code) {
    return code == TextColumn.UNKNOWN ? NOTHING : bytes[code];
  }

  int length(int code) {
    return bytes(code).length;
  }

  /** All rows' texts together. */
  long textBytes() {
    return textBytes;
  }
}
