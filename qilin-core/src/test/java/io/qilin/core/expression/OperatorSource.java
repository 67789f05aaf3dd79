package io.qilin.core.expression;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the Javadoc of {@link Operator} says about each operator, as Markdown. */
final class OperatorSource {
  private static final Path FILE = Path.of(System.getProperty("basedir", "."))
      .resolve("src/main/java/io/qilin/core/expression/Operator.java");
  private static final Pattern CONSTANT =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z_]+)\\(", Pattern.DOTALL);

  private OperatorSource() {}

  /** The sentences, without their last full stop. */
  static Map<Operator, String> meanings() throws IOException {
    Map<Operator, String> meanings = new EnumMap<>(Operator.class);
    Matcher found = CONSTANT.matcher(Files.readString(FILE));
    while (found.find()) {
      String text = found.group(1).replaceAll("\\s*\\n\\s*\\* ?", " ").strip();
      meanings.put(Operator.valueOf(found.group(2)), markdown(text));
    }
    return meanings;
  }

  private static String markdown(String javadoc) {
    return javadoc
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replaceAll("\\.$", "");
  }
}
