package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a payload. A reader of a version reads all minor versions of its major one; what breaks a reader is a new major
 * version.
 *
 * @param name 1 to 64 letters, digits, dots, hyphens and underscores
 * @param major 1 to 9999
 * @param minor 0 to 9999
 */
public record SchemaVersion(String name, int major, int minor) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");
  private static final int MOST = 9999;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT
   */
  public SchemaVersion {
    if (!NAME.matcher(name).matches()) {
      throw QilinException.invalid(
          "the name of a schema has 1 to 64 letters, digits, dots, hyphens and underscores, was "
              + QilinException.quote(name));
    }
    if (major < 1 || major > MOST || minor < 0 || minor > MOST) {
      throw QilinException.invalid(
          "a schema version is 1.0 to 9999.9999, was " + major + "." + minor);
    }
  }

  /**
   * From the texts of the two headers.
   *
   * @param version for example {@code 2.1}
   * @throws QilinException DATA_FORMAT if it is no version, INVALID_ARGUMENT
   */
  public static SchemaVersion parse(String name, String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "a schema version is like 2.1, was " + QilinException.quote(version));
    }
    return new SchemaVersion(
        name, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /** As in its header, for example {@code 2.1}. */
  public String version() {
    return major + "." + minor;
  }

  /** For example {@code ticks 2.1}. */
  @Override
  public String toString() {
    return name + " " + version();
  }
}
