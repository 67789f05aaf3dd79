package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the Javadoc of {@link ErrorCode} says about each code, as Markdown. */
final class ErrorSource {
  private static final Pattern CONSTANT =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z_]+)\\((\\d{4}),", Pattern.DOTALL);

  private ErrorSource() {}

  /** Its place beside this module. */
  static Path file() {
    return Path.of(System.getProperty("basedir", "."))
        .resolveSibling("qilin-api/src/main/java/io/qilin/api/error/ErrorCode.java");
  }

  /** The sentences, without their last full stop. */
  static Map<ErrorCode, String> meanings() throws IOException {
    Map<ErrorCode, String> meanings = new EnumMap<>(ErrorCode.class);
    Matcher found = CONSTANT.matcher(Files.readString(file()));
    while (found.find()) {
      String text = found.group(1).replaceAll("\\s*\\n\\s*\\* ?", " ").strip();
      meanings.put(
          ErrorCode.valueOf(found.group(2)),
          text.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
              .replace("|", "\\|")
              .replaceAll("\\.$", ""));
    }
    return meanings;
  }
}
