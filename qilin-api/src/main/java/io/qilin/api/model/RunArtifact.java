package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file that a run left.
 *
 * @param name 1 to 500 characters, parts of at most 128 with slashes between them, for example {@code plots/ic.svg}; no part is
 *     {@code .} or {@code ..} or has {@code \ : * ? " < > |} or what cannot be seen, so it is safe as a relative path
 * @param sha256 SHA-256 of the content, 64 lower-case hexadecimal digits
 * @param bytes the length of the content, from 0
 */
public record RunArtifact(String name, String sha256, long bytes) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks all three.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public RunArtifact {
    requireName(name);
    if (!DIGEST.matcher(Objects.requireNonNull(sha256, "sha256")).matches()) {
      throw QilinException.invalid(
          "a digest is 64 lower-case hexadecimal digits, was " + QilinException.quote(sha256));
    }
    if (bytes < 0) {
      throw QilinException.invalid("an artifact has 0 bytes or more, not " + bytes);
    }
  }

  /**
   * A name, if it can be one of a run's file.
   *
   * @throws QilinException INVALID_ARGUMENT if it cannot
   */
  public static String requireName(String name) {
    return TrackingText.artifactName(name);
  }
}
