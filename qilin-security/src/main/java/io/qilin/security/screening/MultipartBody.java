package io.qilin.security.screening;

import java.util.Locale;

/** Walks over the parts of a multipart body: names and file names are screened, and the contents of parts that are no files. */
final class MultipartBody {
  static final RuleInfo FILE = new RuleInfo(
      "QS-PATH-09",
      AttackCategory.PATH_TRAVERSAL,
      1,
      Rule.CRITICAL,
      "a name of an uploaded file that is a path, a script or a setting");

  private final String body;
  private final String delimiter;
  private final ScreeningLimits limits;
  private final TextScreen screen;
  private final Collector into;

  MultipartBody(
      String body, String boundary, ScreeningLimits limits, TextScreen screen, Collector into) {
    this.body = body;
    this.delimiter = "--" + boundary;
    this.limits = limits;
    this.screen = screen;
    this.into = into;
  }

  /** Walks over all parts; how many there are counts as parameters. */
  void walk() {
    int at = body.indexOf(delimiter);
    int parts = 0;
    while (at >= 0 && !into.stopped()) {
      int from = at + delimiter.length();
      int next = body.indexOf(delimiter, from);
      if (next < 0) {
        if (!body.startsWith("--", from)) {
          part(body.substring(from));
        }
        return;
      }
      if (++parts > limits.parameters()) {
        into.limit("LIMIT-PARAMETERS", RequestPart.BODY, "", parts);
        return;
      }
      part(body.substring(from, next));
      at = next;
    }
  }

  private void part(String part) {
    int blank = part.indexOf("\r\n\r\n");
    int skip = 4;
    if (blank < 0) {
      blank = part.indexOf("\n\n");
      skip = 2;
    }
    String head = blank < 0 ? part : part.substring(0, blank);
    String content = blank < 0 ? "" : part.substring(blank + skip).stripTrailing();
    String name = parameter(head, "name");
    String file = parameter(head, "filename");
    if (!name.isEmpty()) {
      screen.text(RequestPart.BODY, name, name, FieldKind.TEXT);
    }
    for (String line : head.strip().split("\n", -1)) {
      if (!line.toLowerCase(Locale.ROOT).startsWith("content-disposition")) {
        screen.text(RequestPart.BODY, name, line.strip(), FieldKind.TEXT);
      }
    }
    if (file.isEmpty() && !head.toLowerCase(Locale.ROOT).contains("filename")) {
      screen.text(RequestPart.BODY, name, content);
    } else {
      screen.text(RequestPart.BODY, name, file, FieldKind.TEXT);
      if (UploadNames.dangerous(file)) {
        into.add(FILE, RequestPart.BODY, name, file.length(), file);
      }
    }
  }

  private static String parameter(String head, String name) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(name + "=");
    while (at > 0 && (Character.isLetter(lower.charAt(at - 1)) || lower.charAt(at - 1) == '*')) {
      at = lower.indexOf(name + "=", at + 1);
    }
    if (at < 0) {
      return "";
    }
    int from = at + name.length() + 1;
    if (from < head.length() && head.charAt(from) == '"') {
      int end = head.indexOf('"', from + 1);
      return head.substring(from + 1, end < 0 ? head.length() : end);
    }
    int end = from;
    while (end < head.length()
        && head.charAt(end) != ';'
        && head.charAt(end) != '\r'
        && head.charAt(end) != '\n') {
      end++;
    }
    return head.substring(from, end);
  }
}
