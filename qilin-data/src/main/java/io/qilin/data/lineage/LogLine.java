package io.qilin.data.lineage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The frame of one line of the log: {@code {"crc32c":"89abcdef","step":…}}, which is JSON of its own, so that any tool
 * that reads JSON lines reads the log.
 */
final class LogLine {
  private static final String HEAD = "{\"crc32c\":\"";
  private static final String MIDDLE = "\",\"step\":";
  private static final int DIGITS = 8;
  private static final int STEP = HEAD.length() + DIGITS + MIDDLE.length();

  private LogLine() {}

  /** The line with its end. */
  static byte[] frame(String step) {
    byte[] bytes = step.getBytes(StandardCharsets.UTF_8);
    String line = HEAD + sum(bytes, 0, bytes.length) + MIDDLE + step + "}\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** The step in a line without its end; empty if the line is not whole. */
  static Optional<String> step(byte[] line) {
    int count = line.length - STEP - 1;
    if (count < 1 || line[line.length - 1] != '}') {
      return Optional.empty();
    }
    String head = new String(line, 0, STEP, StandardCharsets.ISO_8859_1);
    boolean framed = head.equals(HEAD + sum(line, STEP, count) + MIDDLE);
    if (!framed) {
      return Optional.empty();
    }
    try {
      return Optional.of(StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, STEP, count))
          .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether bytes at the end of a file are what a crash can leave of a line: its beginning, or zeros. */
  static boolean isTorn(byte[] tail) {
    int same = 0;
    byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
    while (same < Math.min(head.length, tail.length) && tail[same] == head[same]) {
      same++;
    }
    boolean begun = same == Math.min(head.length, tail.length);
    boolean zeros = true;
    for (byte each : tail) {
      zeros &= each == 0;
    }
    return begun || zeros;
  }

  private static String sum(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
