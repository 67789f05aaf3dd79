package io.qilin.security.screening;

import java.util.Locale;

/**
 * Walks over an XML document without building it and screens its texts, attributes, comments and sections. A document type
 * or an entity is a finding by itself, since only bombs and readers of foreign files need one in a request.
 */
final class XmlBody {
  private static final RuleInfo TYPE = new RuleInfo(
      "QS-DOC-02",
      AttackCategory.DOCUMENT_BOMB,
      1,
      Rule.CRITICAL,
      "a document type or entity in XML");

  private static final RuleInfo ACTIVE = new RuleInfo(
      "QS-XSS-13",
      AttackCategory.CROSS_SITE_SCRIPTING,
      1,
      Rule.CRITICAL,
      "an element in XML that runs in a browser");

  private final String xml;
  private final ScreeningLimits limits;
  private final RequestPart part;
  private final TextScreen screen;
  private final Collector into;
  private int depth;
  private int tags;

  XmlBody(String xml, ScreeningLimits limits, RequestPart part, TextScreen screen, Collector into) {
    this.xml = xml;
    this.limits = limits;
    this.part = part;
    this.screen = screen;
    this.into = into;
  }

  /** Walks to the end, or to the first broken limit. */
  void walk() {
    int at = 0;
    while (at < xml.length() && !into.stopped()) {
      int open = xml.indexOf('<', at);
      int end = open < 0 ? xml.length() : open;
      value("", at, end);
      if (open < 0) {
        return;
      }
      at = markup(open);
    }
  }

  private int markup(int open) {
    if (++tags > limits.values()) {
      into.limit("LIMIT-VALUES", part, "", tags);
      return xml.length();
    }
    if (xml.startsWith("<!--", open)) {
      return section(open + 4, "-->");
    }
    if (xml.startsWith("<![CDATA[", open)) {
      return section(open + 9, "]]>");
    }
    if (xml.startsWith("<?", open)) {
      int end = xml.indexOf("?>", open);
      int to = end < 0 ? xml.length() : end;
      if (!xml.startsWith("<?xml ", open)) {
        value("", open, to);
      }
      return end < 0 ? to : end + 2;
    }
    if (xml.startsWith("<!", open)) {
      into.add(TYPE, part, "", open + 2, xml);
      int end = xml.indexOf('>', open);
      int to = end < 0 ? xml.length() : end;
      value("", open + 2, to);
      return Math.min(to + 1, xml.length());
    }
    if (xml.startsWith("</", open)) {
      depth--;
      int end = xml.indexOf('>', open);
      return end < 0 ? xml.length() : end + 1;
    }
    return tag(open + 1);
  }

  /** Whether a tag begins that would run in a browser. */
  private boolean active(int from) {
    int begin = from;
    int end = from;
    while (end < xml.length()
        && end - from < 64
        && (Character.isLetterOrDigit(xml.charAt(end)) || xml.charAt(end) == ':')) {
      if (xml.charAt(end) == ':') {
        begin = end + 1;
      }
      end++;
    }
    return switch (xml.substring(begin, end).toLowerCase(Locale.ROOT)) {
      case "script",
          "iframe",
          "object",
          "embed",
          "applet",
          "frameset",
          "foreignobject",
          "bindings",
          "isindex" -> true;
      default -> false;
    };
  }

  private int section(int from, String closing) {
    int end = xml.indexOf(closing, from);
    int to = end < 0 ? xml.length() : end;
    value("", from, to);
    return end < 0 ? to : end + closing.length();
  }

  private int tag(int from) {
    if (++depth > limits.depth()) {
      into.limit("LIMIT-DEPTH", part, "", depth);
      return xml.length();
    }
    int at = from;
    int nameFrom = from;
    while (at < xml.length()) {
      char c = xml.charAt(at);
      if (at == from && active(from)) {
        into.add(ACTIVE, part, "", from, xml);
      }
      if (c == '"' || c == '\'') {
        int end = xml.indexOf(c, at + 1);
        int to = end < 0 ? xml.length() : end;
        String name = attribute(nameFrom, at);
        if (name.length() > 4 && name.regionMatches(true, 0, "on", 0, 2)) {
          into.add(ACTIVE, part, name, at, xml);
        }
        value(name, at + 1, to);
        at = to + 1;
        nameFrom = at;
      } else if (c == '>') {
        if (xml.charAt(at - 1) == '/') {
          depth--;
        }
        return at + 1;
      } else {
        if (c <= ' ') {
          nameFrom = at + 1;
        }
        at++;
      }
    }
    return xml.length();
  }

  private String attribute(int from, int to) {
    int end = xml.indexOf('=', from);
    return end < 0 || end > to ? "" : xml.substring(from, end).strip();
  }

  private void value(String name, int from, int to) {
    if (from < to && from < xml.length()) {
      String text = xml.substring(from, to);
      if (!text.isBlank()) {
        screen.text(part, name, text);
      }
    }
  }
}
