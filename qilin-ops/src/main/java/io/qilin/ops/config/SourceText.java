package io.qilin.ops.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The text of a file: well-formed UTF-8, of which one mark at the beginning is passed over. Immutable. */
final class SourceText {
  private static final char MARK = '\uFEFF';

  private final Path file;
  private final String text;
  private final int[] lines;

  private SourceText(Path file, String text) {
    this.file = file;
    this.text = text;
    this.lines = lines(text);
  }

  /** Decodes; Malformed with the offset of the first byte that is no UTF-8. */
  static SourceText of(Path file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
    SourceText source = new SourceText(file, marked ? text.substring(1) : text);
    if (wide(bytes)) {
      throw new Malformed(source.origin(1, 1), "is UTF-16 or UTF-32; save it as UTF-8");
    }
    if (result.isError()) {
      throw new Malformed(
          source.origin(source.text.length()),
          "byte " + in.position() + " is not well-formed UTF-8");
    }
    if (marked && source.text.indexOf(MARK) == 0) {
      throw new Malformed(source.origin(1, 1), "begins with two byte order marks");
    }
    return source;
  }

  /** Whether it begins with the mark of UTF-16, or with a character of ASCII and a zero on either side. */
  private static boolean wide(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int begin = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    return begin == 0xFEFF || begin == 0xFFFE || bytes[0] == 0 || bytes[1] == 0;
  }

  /** Where lines begin; each ends with LF, CR or both. */
  private static int[] lines(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  /** Without the mark. */
  String text() {
    return text;
  }

  /** The place of a character; lines and columns count from 1, columns in characters of Unicode. */
  Origin origin(int offset) {
    int found = Arrays.binarySearch(lines, offset);
    int line = found >= 0 ? found : -found - 2;
    return origin(line + 1, 1 + text.codePointCount(lines[line], offset));
  }

  /** A place. */
  Origin origin(int line, int column) {
    return Origin.file(file, line, column);
  }
}
