package io.qilin.security.access;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.text.Normalizer;

/** Which names of actions and resources are read; one that could be read in two ways is refused, not repaired. */
final class PlainName {
  private static final int LONGEST = 128;
  private static final int MOST_SEGMENTS = 16;
  private static final String RESERVED = "*?%\\";

  private PlainName() {}

  static void action(String action) {
    segment(action, "the action");
    if (action.indexOf('/') >= 0 || action.indexOf(':') >= 0) {
      throw refused("the action", action, "it has a slash or a colon");
    }
  }

  static void resource(String resource) {
    String[] segments = segments(resource);
    if (segments.length > MOST_SEGMENTS) {
      throw refused("the resource", resource, "it has more than 16 segments");
    }
    for (String segment : segments) {
      segment(segment, "a segment of the resource");
    }
  }

  static String[] segments(String resource) {
    return resource.split("/", -1);
  }

  static void segment(String name, String what) {
    if (name.isEmpty() || name.length() > LONGEST) {
      throw refused(what, name, "it has " + name.length() + " characters, 1 to 128 are read");
    }
    if (name.equals(".") || name.equals("..")) {
      throw refused(what, name, "dots alone are no name");
    }
    if (!name.codePoints().allMatch(PlainName::plain)) {
      throw refused(what, name, "it holds a blank, a hidden character or one of * ? % \\");
    }
    if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
      throw refused(what, name, "it is not in Unicode's form NFC");
    }
  }

  private static boolean plain(int c) {
    int type = Character.getType(c);
    boolean hidden = Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED;
    return !hidden && RESERVED.indexOf(c) < 0;
  }

  private static QilinException refused(String what, String name, String why) {
    return new QilinException(
        ErrorCode.INPUT_REJECTED,
        what + " " + QilinException.quote(name) + " is refused: " + why + "; use a plain name");
  }
}
