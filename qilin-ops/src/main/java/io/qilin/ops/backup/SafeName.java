package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be the name of something in a backup. All else is refused, wherever it comes from. */
final class SafeName {
  private static final Pattern PART = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final int MOST_CHARACTERS = 512;
  private static final int MOST_SEGMENTS = 16;

  /** What Windows takes for a device, with any ending. */
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

  private static final Pattern PORT = Pattern.compile("(com|lpt)[0-9]");

  private SafeName() {}

  /** The name of a part. */
  static String part(String name) {
    if (!PART.matcher(name).matches()) {
      throw QilinException.invalid(
          "a part's name is 1 to 64 of a-z, 0-9 and '-', a letter first, not "
              + QilinException.quote(name));
    }
    return name;
  }

  /** A path below a part's folder, its names parted by slashes. */
  static String path(String path) {
    if (!safe(path)) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED,
          "a file in a backup has a name of 1 to 128 letters, digits, '.', '-' and '_' below at most 15 folders, not "
              + QilinException.quote(path));
    }
    return path;
  }

  private static boolean safe(String path) {
    String[] segments = path.split("/", -1);
    boolean safe = path.length() <= MOST_CHARACTERS && segments.length <= MOST_SEGMENTS;
    for (String segment : segments) {
      safe = safe && segment(segment);
    }
    return safe;
  }

  private static boolean segment(String segment) {
    if (!SEGMENT.matcher(segment).matches() || segment.endsWith(".") || segment.startsWith("..")) {
      return false;
    }
    int dot = segment.indexOf('.');
    String stem = (dot < 0 ? segment : segment.substring(0, dot)).toLowerCase(Locale.ROOT);
    return !DEVICES.contains(stem) && !PORT.matcher(stem).matches();
  }
}
