package io.qilin.mlops.artifact;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What names a file of an {@link ArtifactStore}: its content.
 *
 * @param sha256 SHA-256 of the content, 64 lower-case hexadecimal digits
 * @param bytes the length of the content, from 0
 */
public record Artifact(String sha256, long bytes) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks both.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public Artifact {
    requireDigest(sha256);
    if (bytes < 0) {
      throw QilinException.invalid("an artifact has 0 bytes or more, not " + bytes);
    }
  }

  /**
   * A text, if it is a digest. Such a text is a safe name of a file.
   *
   * @throws QilinException INVALID_ARGUMENT if it is not 64 lower-case hexadecimal digits
   */
  public static String requireDigest(String sha256) {
    if (!DIGEST.matcher(Objects.requireNonNull(sha256, "sha256")).matches()) {
      throw QilinException.invalid(
          "a digest is 64 lower-case hexadecimal digits, was " + QilinException.quote(sha256));
    }
    return sha256;
  }
}
