package io.qilin.spring.actuate;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the values of Qilin's properties that are secret by their names or that hold credentials of an URL, also where the
 * application shows all values ({@code management.endpoint.env.show-values=always}).
 */
final class HiddenValues implements SanitizingFunction {
  private static final Pattern SECRET = Pattern.compile(
      "key|secret|passw|passphrase|credential|authorization|cookie|private|token(?!s)",
      Pattern.CASE_INSENSITIVE);
  private static final Pattern URL_CREDENTIALS = Pattern.compile("//[^/@\\s]+@");

  @Override
  public SanitizableData apply(SanitizableData data) {
    String key = data.getKey().toLowerCase(Locale.ROOT);
    if (!key.startsWith("qilin.") && !key.startsWith("qilin_")) {
      return data;
    }
    boolean hidden = SECRET.matcher(key).find()
        || (data.getValue() != null
            && URL_CREDENTIALS.matcher(data.getValue().toString()).find());
    return hidden ? data.withValue(SanitizableData.SANITIZED_VALUE) : data;
  }
}
