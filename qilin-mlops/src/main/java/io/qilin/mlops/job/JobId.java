package io.qilin.mlops.job;

import io.qilin.api.error.QilinException;
import java.util.regex.Pattern;

/**
 * Names a job within one executor. The local one numbers its jobs from 1 in the order in which they were accepted.
 *
 * @param value 1 to 128 letters, digits, {@code . _ : / -} of ASCII
 */
public record JobId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");

  /**
   * Checks the form.
   *
   * @throws QilinException INVALID_ARGUMENT if it is empty, longer, or has other characters
   */
  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw QilinException.invalid("a job's id has 1 to 128 letters, digits or . _ : / - of ASCII,"
          + " was " + QilinException.quote(value));
    }
  }

  static JobId of(long number) {
    return new JobId(Long.toString(number));
  }

  @Override
  public String toString() {
    return value;
  }
}
