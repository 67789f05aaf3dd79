package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of params and tags that are longer than MLflow keeps: each is a file of the run under its digest, and in its place stands
 * {@code qilin-long:<sha256>:<characters>}. Equal values give equal texts, so that they can be searched for.
 */
final class LongValues {
  private static final String MARK = "qilin-long:";
  private static final Pattern FORM = Pattern.compile(MARK + "([0-9a-f]{64}):[0-9]{1,9}");
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_CACHED = 256;

  private final Artifacts artifacts;
  private final Recent<String> cached = new Recent<>(MOST_CACHED);

  LongValues(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /** What stands in MLflow for a value. */
  static String shortened(String value) {
    return fits(value) ? value : MARK + Digests.of(value) + ":" + value.length();
  }

  private static boolean fits(String value) {
    return value.length() <= Words.MOST_VALUE && !value.startsWith(MARK);
  }

  /** Keeps the file of a value that needs one. */
  void keep(String root, String value) {
    if (!fits(value)) {
      artifacts.put(
          root,
          file(Digests.of(value)),
          () -> BodyPublishers.ofString(value, StandardCharsets.UTF_8));
    }
  }

  private static String file(String sha256) {
    return Words.FOLDER + "long/" + sha256;
  }

  /** The value for which a text stands. */
  String whole(RunDocument run, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return text;
    }
    String sha256 = form.group(1);
    return cached.get(sha256).orElseGet(() -> read(run, sha256));
  }

  private String read(RunDocument run, String sha256) {
    byte[] bytes = bytes(run, file(sha256));
    if (!Digests.of(bytes).equals(sha256)) {
      throw damaged(run, file(sha256), "is not what was logged");
    }
    String value = new String(bytes, StandardCharsets.UTF_8);
    cached.put(sha256, value);
    return value;
  }

  private byte[] bytes(RunDocument run, String file) {
    try {
      return artifacts.read(run.root(), file, MOST_BYTES);
    } catch (QilinException e) {
      // A file that is not there is answered like a server that does not work.
      if (e.code() == ErrorCode.STORE_UNAVAILABLE
          && artifacts.length(run.id(), file).isEmpty()) {
        throw damaged(run, file, "is not there");
      }
      throw e;
    }
  }

  private static QilinException damaged(RunDocument run, String file, String what) {
    return new QilinException(
        ErrorCode.STORE_DAMAGED,
        "a long value of the run " + run.id() + " " + what + "; restore the file " + file
            + " of the server's artifacts from a backup");
  }
}
