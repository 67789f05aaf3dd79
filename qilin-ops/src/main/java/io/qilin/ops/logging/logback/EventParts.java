package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.LogField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * What masking and shortening change of an event.
 *
 * @param message at most what is held of a text
 * @param messageWas its true length
 * @param fields of the MDC
 * @param fieldsWere the true lengths, of each of {@link LogField} alone and of all others together
 * @param pairs of the event itself, their values as texts
 * @param pairsWere the true length of all their names and values
 * @param thrown the exception, if any
 * @param masked whether secrets are gone
 */
record EventParts(
    String message,
    Extent messageWas,
    Map<String, String> fields,
    FieldExtents fieldsWere,
    List<KeyValuePair> pairs,
    Extent pairsWere,
    @Nullable ThrownText thrown,
    boolean masked) {
  private static final int OVERHEAD_BYTES = 256;
  private static final int FIELD_BYTES = 96;
  private static final int SHORT_MESSAGE = 1_024;
  private static final int SHORT_FRAMES = 8;
  private static final int SHORT_REASON = 256;
  private static final int SHORT_FIELD = 64;

  /** About how much memory they take. */
  long bytes() {
    long bytes = OVERHEAD_BYTES + 2L * message.length();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      bytes += FIELD_BYTES + 2L * length(field.getKey()) + 2L * length(field.getValue());
    }
    for (KeyValuePair pair : pairs) {
      bytes +=
          FIELD_BYTES + 2L * pair.key.length() + 2L * String.valueOf(pair.value).length();
    }
    return bytes + (thrown == null ? 0 : thrown.bytes());
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** What is kept when memory is short: the beginning of the message, the three fields, few frames. */
  EventParts shortened() {
    Map<String, String> few = new HashMap<>();
    for (LogField field : LogField.values()) {
      String value = fields.get(field.key());
      if (value != null) {
        few.put(field.key(), HeldText.cut(value, SHORT_FIELD));
      }
    }
    return new EventParts(
        HeldText.cut(message, SHORT_MESSAGE),
        messageWas.cutIf(message.length() > SHORT_MESSAGE),
        few,
        fieldsWere.shortened(SHORT_FIELD, few.size() < fields.size()),
        List.of(),
        pairsWere.cutIf(!pairs.isEmpty()),
        thrown == null ? null : thrown.shortened(SHORT_FRAMES, SHORT_REASON),
        masked);
  }
}
