package io.qilin.ops.vault;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * What became of a file whose values were to be sealed under another key.
 *
 * @param values how many sealed values it holds
 * @param changed how many of them were under another key than the primary one; where none was, nothing was written
 * @param primaryKey the id of the key that all are under now
 * @param permissionsChecked whether the file system says who may read and write the file; if not, that is for the host to look at
 */
public record Rekeyed(int values, int changed, String primaryKey, boolean permissionsChecked) {
  /** Checks. */
  public Rekeyed {
    Objects.requireNonNull(primaryKey, "primaryKey");
    if (changed < 0 || changed > values) {
      throw QilinException.invalid("changed is 0 to " + values + ", was " + changed);
    }
  }
}
