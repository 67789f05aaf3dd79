package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import java.util.Optional;

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
   * The {@code Implementation-Version} of the jar that a class lies in; {@code unknown} for a class outside a jar, or a
   * jar that does not say.
   */
  public static CodeVersion of(Class<?> type) {
    String stated = type.getPackage().getImplementationVersion();
    return of(stated == null || stated.isBlank() ? UNKNOWN : stated);
  }

  /** {@code 0.1.0} or {@code 0.1.0 (3f2a91c)}. */
  @Override
  public String toString() {
    return version + commit.map(c -> " (" + c + ")").orElse("");
  }
}
