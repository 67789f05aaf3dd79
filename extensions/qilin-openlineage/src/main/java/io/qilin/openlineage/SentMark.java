package io.qilin.openlineage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How far an outbox was sent: a file of 25 bytes that is written in place, the place and its checksum. A mark that cannot be
 * read counts as the beginning, so that events are sent again rather than lost.
 */
final class SentMark {
  private static final int PLACE = 16;
  private static final int ALL = PLACE + 1 + 8;

  private final RandomAccessFile file;

  SentMark(RandomAccessFile file) {
    this.file = file;
  }

  long read() throws IOException {
    byte[] bytes = new byte[ALL];
    if (file.length() < ALL) {
      return 0;
    }
    file.seek(0);
    file.readFully(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean whole = text.substring(PLACE).equals(" " + EventLine.sum(bytes, 0, PLACE));
    return whole ? HexFormat.fromHexDigitsToLong(text.substring(0, PLACE)) : 0;
  }

  void write(long place) throws IOException {
    String digits = HexFormat.of().toHexDigits(place);
    byte[] bytes = digits.getBytes(StandardCharsets.US_ASCII);
    file.seek(0);
    file.write((digits + " " + EventLine.sum(bytes, 0, PLACE)).getBytes(StandardCharsets.US_ASCII));
  }
}
