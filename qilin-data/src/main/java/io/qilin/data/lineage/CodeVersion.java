package io.qilin.data.lineage;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;

/**
 * Which code did a step.
 *
 * @param version for example {@code 0.1.0}
 * @param commit the commit that it was built from, if known
 */
public record CodeVersion(String version, Optional<String> commit) {
  private static final String UNKNOWN = "unknown";

  /**
   * Checks the version.
   *
   * @throws QilinException INVALID_ARGUMENT if it is blank
   */
  public CodeVersion {
    if (version.isBlank() || commit.filter(String::isBlank).isPresent()) {
      throw QilinException.invalid("the version of code and its commit cannot be blank");
    }
  }

  /** A version whose commit is not known. */
  public static CodeVersion of(String version) {
    return new CodeVersion(version, Optional.empty());
  }

  /**
   * The version of the build that a class comes from. A class of Qilin, in a jar or not, has what its module was built as,
   * with the commit if the build was told ({@code -Dqilin.commit=…}); any other class the {@code Implementation-Version}
   * of its jar. {@code unknown} where neither is stated.
   *
   * @throws QilinException IO if what the module states cannot be read
   */
  public static CodeVersion of(Class<?> type) {
    String stated = type.getPackage().getImplementationVersion();
    CodeVersion ofJar = of(stated == null || stated.isBlank() ? UNKNOWN : stated);
    return ofModule(type).orElse(ofJar);
  }

  private static Optional<CodeVersion> ofModule(Class<?> type) {
    String[] names = type.getPackageName().split("\\.", -1);
    if (names.length < 3 || !names[0].equals("io") || !names[1].equals("qilin")) {
      return Optional.empty();
    }
    String path = "/META-INF/qilin/qilin-" + names[2] + "/version.properties";
    try (InputStream in = type.getResourceAsStream(path)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties built = new Properties();
      built.load(in);
      return stated(built, "version")
          .map(version -> new CodeVersion(version, stated(built, "commit")));
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, path + ": the version cannot be read", e);
    }
  }

  /** A value; one that a build did not fill in counts as absent. */
  private static Optional<String> stated(Properties built, String name) {
    return Optional.ofNullable(built.getProperty(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty() && !value.startsWith("${"));
  }

  /** {@code 0.1.0} or {@code 0.1.0 (3f2a91c)}. */
  @Override
  public String toString() {
    return version + commit.map(c -> " (" + c + ")").orElse("");
  }
}
