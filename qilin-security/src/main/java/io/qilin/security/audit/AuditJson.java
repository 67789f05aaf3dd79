package io.qilin.security.audit;

import java.io.IOException;
import java.util.Map;

/**
 * Records as JSON, each on one physical line of ASCII-safe structure: every character that a terminal, an editor or a log
 * reader could take for a line end, an instruction or a change of direction is escaped, so that a value cannot pass for
 * another line. Each line has the same ten members:
 *
 * <pre>{"sequence":1,"at":"…","identity":V,"action":V,"resource":V,"outcome":"…","correlation":V,"attributes":{"…":V},
 * "previous":"…","hash":"…"}</pre>
 *
 * <p>A value V is a text, or {@code {"cut":"…","length":70000}} with the true length if it was cut, or {@code
 * {"erased":true}}. Stateless.
 */
public final class AuditJson {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private AuditJson() {}

  /** One record, without a line end. */
  public static String line(AuditRecord record) {
    AuditEntry entry = record.entry();
    StringBuilder out = new StringBuilder(512);
    out.append("{\"sequence\":").append(record.sequence());
    out.append(",\"at\":\"").append(record.at()).append('"');
    member(out, "identity", entry.identity());
    member(out, "action", entry.action());
    member(out, "resource", entry.resource());
    out.append(",\"outcome\":\"").append(entry.outcome().name()).append('"');
    member(out, "correlation", entry.correlationId());
    out.append(",\"attributes\":{");
    String comma = "";
    for (Map.Entry<String, AuditField> one : entry.attributes().entrySet()) {
      out.append(comma);
      text(out, one.getKey());
      out.append(':');
      value(out, one.getValue());
      comma = ",";
    }
    out.append("},\"previous\":\"").append(record.previous());
    return out.append("\",\"hash\":\"").append(record.hash()).append("\"}").toString();
  }

  /**
   * Writes all records that a query finds, in lines that end in a line feed.
   *
   * @param query the limit counts for each step, not in all
   * @return how many lines
   * @throws IOException if the output throws it
   */
  public static long export(AuditReader reader, AuditQuery query, Appendable out)
      throws IOException {
    long lines = 0;
    AuditPage page = reader.query(query);
    while (true) {
      for (AuditRecord record : page.records()) {
        out.append(line(record)).append('\n');
        lines++;
      }
      if (page.next().isEmpty()) {
        return lines;
      }
      page = reader.query(query.withFirst(page.next().getAsLong()));
    }
  }

  private static void member(StringBuilder out, String name, AuditField field) {
    out.append(",\"").append(name).append("\":");
    value(out, field);
  }

  private static void value(StringBuilder out, AuditField field) {
    switch (field.state()) {
      case WHOLE -> text(out, field.text());
      case ERASED -> out.append("{\"erased\":true}");
      case CUT -> {
        out.append("{\"cut\":");
        text(out, field.text());
        out.append(",\"length\":").append(field.length()).append('}');
      }
    }
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int units = Character.charCount(c);
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (visible(c)) {
        out.appendCodePoint(c);
      } else {
        for (int unit = 0; unit < units; unit++) {
          escape(out, text.charAt(i + unit));
        }
      }
      i += units;
    }
    out.append('"');
  }

  /** Whether a character shows as itself and does nothing else. */
  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX[(c >> shift) & 15]);
    }
  }
}
