package io.qilin.security.screening;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes one request apart and screens each part. For one request. */
final class RequestReader {
  private static final RuleInfo NOT_JSON = new RuleInfo(
      "QS-HTTP-17",
      AttackCategory.PROTOCOL,
      1,
      Rule.WARNING,
      "a body that says it is JSON and is not");

  private static final RuleInfo LINE = new RuleInfo(
      "QS-HTTP-18", AttackCategory.PROTOCOL, 1, Rule.CRITICAL, "a line end in the path");

  private final ScreeningLimits limits;
  private final TextScreen screen;
  private final Collector into;
  private int parameters;

  RequestReader(ScreeningLimits limits, TextScreen screen, Collector into) {
    this.limits = limits;
    this.screen = screen;
    this.into = into;
  }

  void read(ScreenedRequest request) {
    if (!withinLimits(request)) {
      return;
    }
    new Envelope(into).check(request);
    target(request.target());
    for (ScreenedRequest.Header header : request.headers()) {
      if (!into.stopped()) {
        header(header);
      }
    }
    if (!into.stopped() && request.bodyShared().length > 0) {
      body(request.header("Content-Type").orElse(""), request.bodyShared());
    }
  }

  /** Screens a text by itself; one that is whole JSON or XML is taken apart. */
  void text(RequestPart part, String field, String text) {
    if (text.length() > limits.textChars()) {
      into.limit("LIMIT-TEXT", part, field, text.length());
      return;
    }
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (first == '{' || first == '[') {
      json(text.getBytes(StandardCharsets.UTF_8), part, false);
    } else if (text.startsWith("<?xml ")) {
      new XmlBody(text, limits, part, screen, into).walk();
    } else if (text.startsWith("--") && text.contains("Content-Disposition:")) {
      int end = text.indexOf('\n');
      String boundary = text.substring(2, end < 0 ? text.length() : end).strip();
      new MultipartBody(text, boundary, limits, screen, into).walk();
    } else {
      screen.text(part, field, text);
    }
  }

  private boolean withinLimits(ScreenedRequest request) {
    if (request.target().length() > limits.targetChars()) {
      into.limit("LIMIT-TARGET", RequestPart.PATH, "", request.target().length());
    }
    long headers = 0;
    for (ScreenedRequest.Header header : request.headers()) {
      headers += header.name().length() + (long) header.value().length();
    }
    if (headers > limits.headerBytes()) {
      into.limit(
          "LIMIT-HEADERS", RequestPart.HEADER, "", (int) Math.min(headers, Integer.MAX_VALUE));
    }
    if (request.bodyShared().length > limits.bodyBytes()) {
      into.limit("LIMIT-BODY", RequestPart.BODY, "", request.bodyShared().length);
    }
    return !into.stopped();
  }

  private void target(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    screen.text(RequestPart.PATH, "", path);
    String decoded = PercentDecoder.decode(path);
    int line = decoded.indexOf('\n') >= 0 ? decoded.indexOf('\n') : decoded.indexOf('\r');
    if (line >= 0) {
      into.add(LINE, RequestPart.PATH, "", line + 1, decoded);
    }
    if (query >= 0) {
      pairs(RequestPart.QUERY, target.substring(query + 1));
    }
  }

  private void pairs(RequestPart part, String text) {
    int from = 0;
    while (from <= text.length() && !into.stopped()) {
      int end = text.indexOf('&', from);
      int to = end < 0 ? text.length() : end;
      if (to > from) {
        if (!countParameter(part)) {
          return;
        }
        pair(part, text.substring(from, to));
      }
      from = to + 1;
    }
  }

  private void pair(RequestPart part, String pair) {
    int equals = pair.indexOf('=');
    String rawName = (equals < 0 ? pair : pair.substring(0, equals)).replace('+', ' ');
    String name = PercentDecoder.decode(rawName);
    screen.text(part, name, rawName, FieldKind.TEXT);
    if (equals >= 0) {
      screen.text(part, name, pair.substring(equals + 1).replace('+', ' '));
    }
  }

  private boolean countParameter(RequestPart part) {
    if (++parameters > limits.parameters()) {
      into.limit("LIMIT-PARAMETERS", part, "", parameters);
      return false;
    }
    return true;
  }

  private void header(ScreenedRequest.Header header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    if (name.equals("cookie")) {
      cookies(header.value());
    } else {
      screen.text(RequestPart.HEADER, name, header.name(), FieldKind.TEXT);
      screen.text(RequestPart.HEADER, name, header.value());
      String file = header.value().replace(" ", "");
      if ((name.contains("filename") || name.contains("file-name") || name.contains("file_name"))
          && UploadNames.dangerous(file)) {
        into.add(
            MultipartBody.FILE, RequestPart.HEADER, name, header.value().length(), header.value());
      }
    }
  }

  private void cookies(String value) {
    int from = 0;
    while (from <= value.length() && !into.stopped()) {
      int end = value.indexOf(';', from);
      int to = end < 0 ? value.length() : end;
      String cookie = value.substring(from, to).strip();
      if (!cookie.isEmpty() && countParameter(RequestPart.COOKIE)) {
        pair(RequestPart.COOKIE, cookie);
      }
      from = to + 1;
    }
    if (!into.stopped()) {
      screen.text(RequestPart.COOKIE, "", value);
    }
  }

  private void body(String contentType, byte[] body) {
    String type = contentType.toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).strip();
    if (media.endsWith("/json")
        || media.endsWith("+json")
        || media.endsWith("json-seq")
        || (media.isEmpty() && JsonBody.opens(body))) {
      json(body, RequestPart.BODY, true);
      return;
    }
    String text = decode(body);
    if (media.endsWith("/xml") || media.endsWith("+xml") || text.startsWith("<?xml ")) {
      new XmlBody(text, limits, RequestPart.BODY, screen, into).walk();
    } else if (media.equals("application/x-www-form-urlencoded")) {
      pairs(RequestPart.BODY, text);
    } else if (media.startsWith("multipart/") && boundary(contentType).length() > 0) {
      new MultipartBody(text, boundary(contentType), limits, screen, into).walk();
    } else {
      screen.text(RequestPart.BODY, "", text);
      if (media.isEmpty() && text.indexOf('=') >= 0 && !into.stopped()) {
        pairs(RequestPart.BODY, text);
      }
    }
  }

  private void json(byte[] body, RequestPart part, boolean declared) {
    boolean json = JsonBody.opens(body) && new JsonBody(body, limits, part, screen, into).walk();
    if (!json && !into.stopped()) {
      String text = decode(body);
      if (declared) {
        into.add(NOT_JSON, part, "", 0, "");
      }
      screen.text(part, "", text);
    }
  }

  /** As UTF-8; as Latin-1 where it is none, so that no byte is lost. */
  private static String decode(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 ? text : new String(body, StandardCharsets.ISO_8859_1);
  }

  private static String boundary(String contentType) {
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("boundary=");
    if (at < 0) {
      return "";
    }
    String rest = contentType.substring(at + 9);
    if (rest.startsWith("\"")) {
      int end = rest.indexOf('"', 1);
      return end < 0 ? "" : rest.substring(1, end);
    }
    int end = rest.indexOf(';');
    return (end < 0 ? rest : rest.substring(0, end)).strip();
  }
}
