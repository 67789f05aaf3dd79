package io.qilin.agents.llm;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The frame of one line of a cassette, {@code {"crc32c":"89abcdef","entry":…}}: JSON of its own, in ASCII. Stateless.
 */
final class CassetteFrame {
  private static final String HEAD = "{\"crc32c\":\"";
  private static final String MIDDLE = "\",\"entry\":";
  private static final int DIGITS = 8;
  private static final int ENTRY = HEAD.length() + DIGITS + MIDDLE.length();

  private CassetteFrame() {}

  /** The line with its end. */
  static byte[] frame(String entry) {
    byte[] bytes = entry.getBytes(StandardCharsets.US_ASCII);
    return (HEAD + sum(bytes, 0, bytes.length) + MIDDLE + entry + "}\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The entry in a line without its end; empty if the line is not whole. */
  static Optional<String> entry(byte[] line) {
    int count = line.length - ENTRY - 1;
    if (count < 1 || line[line.length - 1] != '}') {
      return Optional.empty();
    }
    String head = new String(line, 0, ENTRY, StandardCharsets.ISO_8859_1);
    return head.equals(HEAD + sum(line, ENTRY, count) + MIDDLE)
        ? Optional.of(new String(line, ENTRY, count, StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  /** Whether bytes at the end of a file are what a crash can leave of a line: its beginning, or zeros. */
  static boolean isTorn(byte[] tail) {
    byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
    boolean begun = true;
    boolean zeros = true;
    for (int i = 0; i < tail.length; i++) {
      begun &= i >= head.length || tail[i] == head[i];
      zeros &= tail[i] == 0;
    }
    return begun || zeros;
  }

  private static String sum(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
