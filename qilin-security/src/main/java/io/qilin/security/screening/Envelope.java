package io.qilin.security.screening;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Checks method, header names and what headers say of the body: whatever two servers may read in two ways is a finding. */
final class Envelope {
  private static final RuleInfo METHOD = rule("QS-HTTP-10", "a method that is no token");
  private static final RuleInfo NAME = rule("QS-HTTP-11", "a header whose name is no token");
  private static final RuleInfo VALUE =
      rule("QS-HTTP-12", "a line end or control character in a header");
  private static final RuleInfo LENGTH =
      rule("QS-HTTP-13", "the length of the body said twice, or in no number");
  private static final RuleInfo TYPE =
      rule("QS-HTTP-14", "a type of content hidden in another, or an unusual charset");
  private static final RuleInfo COOKIE =
      rule("QS-HTTP-15", "cookies of an old form, which servers cut in different ways");
  private static final RuleInfo TARGET =
      rule("QS-HTTP-16", "a blank, line end or control character in the target");

  private final Collector into;

  Envelope(Collector into) {
    this.into = into;
  }

  private static RuleInfo rule(String id, String about) {
    return new RuleInfo(id, AttackCategory.PROTOCOL, 1, Rule.CRITICAL, about);
  }

  void check(ScreenedRequest request) {
    if (request.method().length() > 20 || !token(request.method())) {
      into.add(METHOD, RequestPart.METHOD, "", request.method().length(), request.method());
    }
    int control = control(request.target(), '!');
    if (control >= 0) {
      into.add(TARGET, RequestPart.PATH, "", control + 1, request.target());
    }
    Map<String, Integer> seen = new HashMap<>();
    for (ScreenedRequest.Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!token(header.name())) {
        into.add(NAME, RequestPart.HEADER, header.name(), header.name().length(), header.name());
      }
      int bad = control(header.value(), ' ');
      if (bad >= 0) {
        into.add(VALUE, RequestPart.HEADER, header.name(), bad + 1, header.value());
      }
      int count = seen.merge(name, 1, Integer::sum);
      check(header, name, count, seen);
    }
  }

  private void check(
      ScreenedRequest.Header header, String name, int count, Map<String, Integer> seen) {
    String value = header.value().strip();
    switch (name) {
      case "content-length" -> {
        boolean number = !value.isEmpty()
            && value.length() <= 18
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || count > 1 || seen.containsKey("transfer-encoding")) {
          into.add(LENGTH, RequestPart.HEADER, name, value.length(), value);
        }
      }
      case "transfer-encoding" -> {
        if (!value.toLowerCase(Locale.ROOT).equals("chunked")
            || count > 1
            || seen.containsKey("content-length")) {
          into.add(LENGTH, RequestPart.HEADER, name, value.length(), value);
        }
      }
      case "host", "content-type" -> {
        if (count > 1) {
          into.add(LENGTH, RequestPart.HEADER, name, value.length(), value);
        }
        if (name.equals("content-type")) {
          contentType(value.toLowerCase(Locale.ROOT));
        }
      }
      case "cookie" -> {
        if (value.regionMatches(true, 0, "$Version", 0, 8)) {
          into.add(COOKIE, RequestPart.COOKIE, "", 8, value);
        }
      }
      default -> {}
    }
  }

  private void contentType(String type) {
    int end = type.indexOf(';');
    int comma = type.indexOf(',');
    int more = end < 0 ? comma : comma < 0 ? end : Math.min(end, comma);
    if (more < 0) {
      return;
    }
    String rest = type.substring(more);
    boolean hidden = rest.contains("application/")
        || rest.contains("text/")
        || rest.contains("multipart/")
        || rest.contains("image/")
        || rest.contains("audio/")
        || rest.contains("video/")
        || rest.contains("message/");
    int charset = rest.indexOf("charset=");
    String named =
        charset < 0 ? "" : rest.substring(charset + 8).replace("\"", "").replace("'", "");
    int stop = 0;
    while (stop < named.length() && named.charAt(stop) != ';' && named.charAt(stop) > ' ') {
      stop++;
    }
    boolean usual = switch (named.substring(0, stop)) {
      case "",
          "utf-8",
          "utf8",
          "us-ascii",
          "ascii",
          "iso-8859-1",
          "iso-8859-15",
          "windows-1252",
          "gbk",
          "gb2312",
          "gb18030" -> true;
      default -> false;
    };
    boolean twice = charset >= 0 && rest.indexOf("charset=", charset + 1) > charset;
    if (hidden || !usual || twice) {
      into.add(TYPE, RequestPart.HEADER, "content-type", type.length(), type);
    }
  }

  private static int control(String text, char lowest) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < lowest && c != '\t') || c == 127) {
        return i;
      }
    }
    return -1;
  }

  private static boolean token(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c -> (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }
}
